//! The composition root: settings become the service's state, and the features' routes become one app with its
//! OpenAPI document. `serve`, the demo and the tests all call it.

use crate::checkins::CheckInDesk;
use crate::clock::Clock;
use crate::config::Config;
use crate::cycles;
use crate::db::{Db, Target, Vault};
use crate::error::{Error, Result};
use crate::figures::{self, ForestLimits, Forests};
use crate::http::{self, InFlight, RateLimits, Rates, Routes, Service, TrustedProxies};
use crate::identity::{IdentityGate, Keys};
use crate::{audit, checkins, goals, identity, me, measurements, metrics, org, reviews, setup};
use actix_cors::Cors;
use actix_web::dev::{Server, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Condition, from_fn};
use actix_web::web::{self, Data, PathConfig};
use actix_web::{App as ActixApp, HttpResponse, HttpServer};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;
use tracing_actix_web::TracingLogger;
use utoipa::OpenApi as _;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};
use utoipa_swagger_ui::{Config as SwaggerConfig, SwaggerUi};

/// The service with all that it needs, ready to serve or to be used by commands.
#[derive(Clone)]
pub struct App {
    /// What every request needs.
    pub service: Service,
    /// The keys that sign access tokens.
    pub keys: Data<Keys>,
    /// The goals and their figures in memory.
    pub forests: Data<Forests>,
    /// The desk where check-ins queue.
    pub desk: Data<CheckInDesk>,
    config: Arc<Config>,
}

/// What the document says of the whole.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "goaltree",
        description = "One live tree of a company's goals: OKRs and KPIs whose every figure follows from facts.\n\n\
            Sign in at `POST /auth/login` and send the access token as `Authorization: Bearer …`. Bodies are JSON in \
            `snake_case`; ids are UUIDs; instants are RFC 3339 in UTC; dates are `YYYY-MM-DD` in the organization's \
            time zone. Values, targets and weights are decimal strings (at most 4 decimals), fractions are numbers \
            with 4 decimals. Every refusal is a problem (RFC 9457) with a stable `code`, in English or Vietnamese by \
            `Accept-Language`; `GET /meta` names every word, code and limit.",
        license(name = "MIT", identifier = "MIT"),
    ),
    // Used by parameters alone, which the routes do not collect.
    components(schemas(crate::org::people::Activity, crate::audit::ExportAs)),
    servers((url = "/", description = "This instance")),
    tags(
        (name = "session", description = "Signing in and out, devices, passwords"),
        (name = "organization", description = "The organization itself"),
        (name = "units", description = "Company, departments and teams, and who leads and works in them"),
        (name = "people", description = "Everyone of the organization"),
        (name = "cycles", description = "The dated periods of goals, their phases and settings"),
        (name = "metrics", description = "The organization's standard measures"),
        (name = "measurements", description = "What is measured: dated values of metrics for people and units"),
        (name = "goals", description = "The goals, their life, links and figures"),
        (name = "check-ins", description = "What goals stand at, said by those who work on them"),
        (name = "reviews", description = "What a cycle came to for each person: self-review, manager's review, calibration, acknowledgement"),
        (name = "audit", description = "Everything that happened: who, what, when, from where"),
        (name = "look-up", description = "Finding things by a few letters, for pickers"),
        (name = "operations", description = "Health, words, codes and limits"),
    )
)]
struct Document;

impl App {
    /// Opens the database and brings it up to date, and makes or reads the signing keys.
    pub fn open(config: &Config, target: Target) -> Result<Self> {
        if let Target::Sqlite(file) = &target {
            prepare_folder(file)?;
        }
        let db = Db::open(target, config.connections)?.patient_for(Duration::from_secs(config.request_seconds));
        for step in db.migrate()? {
            tracing::info!(step, "migrated");
        }
        if db.is_unguarded()? {
            tracing::warn!(
                "PostgreSQL does not hold this role to row-level security: connect as one that is no superuser and has no BYPASSRLS"
            );
        }
        let clock = config.clock.map_or_else(Clock::system, Clock::held_at);
        let vault = Vault::new(config.encryption_key.as_deref())?;
        let keys = Keys::open(&db, &clock, &vault, config.signing_key.as_deref())?;
        let keys = Data::new(keys);
        let gate = Arc::new(IdentityGate::new(keys.clone().into_inner(), db.clone()));
        let service = Service {
            db,
            clock,
            gate,
            in_flight: InFlight::default(),
            rates: Arc::new(RateLimits::new(Rates {
                principal: config.rate_limit_principal,
                address: config.rate_limit_address,
                anonymous: config.rate_limit_anonymous,
            })),
            proxies: Arc::new(TrustedProxies::new(config.trusted_proxies.clone(), config.forwarded_by)),
            vault,
            sign_up: config.sign_up,
            public_url: config.public_url().into(),
        };
        let forests = Data::new(Forests::new(ForestLimits { most_goals: config.goals_in_memory }));
        let desk = Data::new(checkins::desk(service.clone(), forests.clone().into_inner()));
        Ok(Self { service, keys, forests, desk, config: Arc::new(config.clone()) })
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The OpenAPI document.
    pub fn document() -> utoipa::openapi::OpenApi {
        let (_, document) = ActixApp::new()
            .into_utoipa_app()
            .openapi(Document::openapi())
            .service(scope("/api/v1").configure(routes))
            .configure(health_routes)
            .split_for_parts();
        http::openapi::complete(document)
    }

    /// Serves on a listening socket until the process is told to stop.
    pub fn serve(&self, listener: TcpListener) -> std::io::Result<Server> {
        let app = self.clone();
        let document = Self::document();
        let workers = usize::from(self.config.workers);
        let blocking = usize::try_from(self.config.connections).unwrap_or(1).div_ceil(workers).max(1);
        let server = HttpServer::new(move || app.build(&document))
            .workers(workers)
            .worker_max_blocking_threads(blocking)
            .shutdown_timeout(self.config.shutdown_seconds)
            .max_connections(self.config.max_connections.div_ceil(workers))
            .client_request_timeout(Duration::from_secs(10))
            .client_disconnect_timeout(Duration::from_secs(5))
            .keep_alive(Duration::from_secs(75))
            .listen(listener)?
            .run();
        Ok(server)
    }

    fn build(
        &self,
        document: &utoipa::openapi::OpenApi,
    ) -> ActixApp<
        impl ServiceFactory<
            ServiceRequest,
            Config = (),
            Response = ServiceResponse<impl actix_web::body::MessageBody + use<>>,
            Error = actix_web::Error,
            InitError = (),
        > + use<>,
    > {
        let settings = SwaggerConfig::from("/api/v1/openapi.json");
        let docs = SwaggerUi::new("/docs/{_:.*}").config(settings.persist_authorization(true).try_it_out_enabled(true));
        let (app, _) = ActixApp::new()
            .app_data(Data::new(self.service.clone()))
            .app_data(self.keys.clone())
            .app_data(self.forests.clone())
            .app_data(self.desk.clone())
            .app_data(Data::new(Routes::of(document)))
            .app_data(Data::new(document.clone()))
            .app_data(PathConfig::default().error_handler(http::refuse_path))
            .into_utoipa_app()
            .service(scope("/api/v1").configure(routes))
            .configure(health_routes)
            .split_for_parts();
        app.service(web::resource("/docs/problems").route(web::get().to(http::problem_page)))
            .service(web::redirect("/docs", "/docs/"))
            .service(docs)
            .route(
                "/",
                web::get().to(|| async { HttpResponse::Found().insert_header(("Location", "/docs/")).finish() }),
            )
            .default_service(web::to(http::no_such_route))
            .wrap(from_fn(http::known_parameters))
            .wrap(from_fn(http::rate_limited))
            .wrap(from_fn(http::guarded))
            .wrap(from_fn(http::problems))
            .wrap(Condition::new(!self.config.cors_origins.is_empty(), cors(&self.config.cors_origins)))
            .wrap(TracingLogger::default())
    }
}

/// Every address of the API, in the order of the features.
fn routes(services: &mut ServiceConfig<'_>) {
    setup::routes(services);
    identity::routes(services);
    me::routes(services);
    org::routes(services);
    audit::routes(services);
    cycles::routes(services);
    metrics::routes(services);
    measurements::routes(services);
    measurements::series::routes(services);
    goals::routes(services);
    checkins::routes(services);
    figures::routes(services);
    reviews::routes(services);
    services.service(http::meta::get_meta).service(http::openapi::get_document);
}

fn health_routes(services: &mut ServiceConfig<'_>) {
    services.service(http::live).service(http::ready);
}

fn cors(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allow_any_method()
        .allow_any_header()
        .expose_headers([
            "ETag",
            "Location",
            "X-Request-Id",
            "Idempotency-Replayed",
            "Retry-After",
            "RateLimit",
            "RateLimit-Policy",
        ])
        .max_age(3_600);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}

/// Makes the folder of the embedded database, readable by its owner alone.
fn prepare_folder(file: &std::path::Path) -> Result<()> {
    let Some(folder) = file.parent() else { return Ok(()) };
    let made = || -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(())
    };
    made().map_err(|error| Error::internal(format!("the data folder {} can't be made: {error}", folder.display())))
}

/// Listens on an address.
pub fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    TcpListener::bind(address)
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").field("service", &self.service).finish_non_exhaustive()
    }
}
