//! What every request is held to, also what no well-behaved client sends: sizes, rates, times, odd bytes. Each is
//! refused with a problem, and the next request is served as if nothing had been.

use crate::support::TestApp;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// Sends bytes as they are, and reads what is answered until the service closes or says nothing more.
fn raw(app: &TestApp, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    // The service may answer and close before all is sent.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn status(answer: &str) -> u16 {
    answer.split_whitespace().nth(1).unwrap_or_else(|| panic!("no status in {answer:?}")).parse().unwrap()
}

fn body(answer: &str) -> Value {
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

fn post(app: &TestApp, path: &str, headers: &str, body: &[u8]) -> String {
    let token = app.owner.token();
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    raw(app, &[head.as_bytes(), body].concat())
}

async fn is_well(app: &TestApp) {
    app.owner.get("/organization").await.ok();
}

#[actix_web::test]
async fn json_that_could_be_read_in_two_ways_is_refused() {
    let app = TestApp::new().await;
    let json = "Content-Type: application/json\r\n";
    let twice = post(&app, "/units", json, br#"{"name": "a", "name": "b", "code": "x", "kind": "team"}"#);
    assert_eq!((status(&twice), &body(&twice)["code"]), (400, &json!("malformed_body")), "{twice}");
    let deep = [b"{\"name\":".repeat(50_000), b"1".to_vec()].concat();
    assert_eq!(status(&post(&app, "/units", json, &deep)), 400);
    let deep = b"[".repeat(1_000_000);
    assert_eq!(status(&post(&app, "/units", json, &deep)), 400);
    let nested = br#"{"items": [["Ai", "a@example.com"]]}"#;
    let listed = body(&post(&app, "/people/batch", json, nested));
    assert_eq!(listed["errors"][0]["pointer"], "/items/0", "{listed}");
    let nul = body(&post(&app, "/units", json, br#"{"name": "a\u0000b", "code": "\u0000", "kind": "team"}"#));
    let pointers: Vec<_> = nul["errors"].as_array().unwrap().iter().map(|fault| fault["pointer"].clone()).collect();
    assert_eq!(pointers, ["/code", "/name"]);
    assert_eq!(status(&post(&app, "/units", json, b"{\"name\": \"\xff\"}")), 400);
    let vi = body(&post(&app, "/units", "Content-Type: application/json\r\nAccept-Language: vi\r\n", b"{\"a\":\n!"));
    assert!(vi["detail"].as_str().unwrap().contains("lỗi ở dòng 2"), "{vi}");
    is_well(&app).await;
}

#[actix_web::test]
async fn what_is_not_plain_json_in_utf_8_is_unsupported() {
    let app = TestApp::new().await;
    for headers in [
        "Content-Type: text/plain\r\n",
        "Content-Type: application/json; charset=utf-16\r\n",
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\n",
        "Content-Type: multipart/form-data; boundary=x\r\n",
    ] {
        let answer = post(&app, "/units", headers, b"{}");
        assert_eq!((status(&answer), &body(&answer)["code"]), (415, &json!("unsupported_media_type")), "{headers}");
    }
    let fine = post(&app, "/units", "Content-Type: Application/JSON; charset=\"UTF-8\"\r\n", b"{}");
    assert_eq!(status(&fine), 422);
}

#[actix_web::test]
async fn too_large_a_body_is_refused_in_chunks_too() {
    let app = TestApp::new().await;
    let token = app.owner.token();
    let head = format!(
        "POST /api/v1/units HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x10000], b"\r\n"].concat();
    let answer = raw(&app, &[head.as_bytes(), &chunk.repeat(40), b"0\r\n\r\n"].concat());
    assert_eq!((status(&answer), &body(&answer)["code"]), (413, &json!("body_too_large")), "{answer}");
    is_well(&app).await;
}

#[actix_web::test]
async fn long_addresses_and_many_headers_are_refused() {
    let app = TestApp::new().await;
    let long = format!("/units?q={}", "a".repeat(10_000));
    app.owner.get(&long).await.problem(414, "address_too_long");
    let large = app.owner.with("X-Large", "a".repeat(40_000));
    large.get("/units").await.problem(431, "headers_too_large");
    let many = (0..80).fold(app.owner.clone(), |client, number| client.with(&format!("X-H{number}"), "1"));
    many.get("/units").await.problem(431, "headers_too_large");
    // What the server itself does not read is refused by it, without a body.
    let thousands = "X-Many: 1\r\n".repeat(5_000);
    let answer = raw(&app, format!("GET /api/v1/meta HTTP/1.1\r\nHost: x\r\n{thousands}\r\n").as_bytes());
    assert!((400..500).contains(&status(&answer)), "{answer}");
    let endless = raw(&app, &[b"GET /", b"a".repeat(500_000).as_slice()].concat());
    assert!(endless.is_empty() || (400..500).contains(&status(&endless)), "{endless}");
    is_well(&app).await;
}

#[actix_web::test]
async fn odd_bytes_in_an_address_are_refused() {
    let app = TestApp::new().await;
    for path in ["/units?q=%FF", "/units?q=%00", "/units/%FF", "/units?q=%zz", "/units?q=%", "/units/%C0%AF"] {
        let token = app.owner.token();
        let head = format!(
            "GET /api/v1{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"
        );
        let answer = raw(&app, head.as_bytes());
        assert_eq!(status(&answer), 400, "{path}: {answer}");
        assert!(body(&answer)["code"].as_str().unwrap().starts_with("malformed_"), "{path}: {answer}");
    }
    app.owner.get("/units?q=a&q=b").await.problem(400, "malformed_query");
    let vi = app.owner.with("Accept-Language", "vi");
    let told = vi.get("/units?limit=0").await.problem(400, "malformed_query");
    assert!(told["detail"].as_str().unwrap().contains("nằm trong khoảng"), "{told}");
    let told = vi.get("/units?colour=red").await.problem(400, "malformed_query");
    assert!(told["detail"].as_str().unwrap().contains("địa chỉ này nhận"), "{told}");
}

#[actix_web::test]
async fn nonsense_instead_of_http_is_answered_and_forgotten() {
    let app = TestApp::new().await;
    for nonsense in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice(),
        b"GET\r\n\r\n",
        b"GET /api/v1/meta HTTP/9.9\r\n\r\n",
        b"POST /api/v1/units HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/v1/units HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ] {
        let answer = raw(&app, nonsense);
        assert!(answer.is_empty() || (400..600).contains(&status(&answer)), "{nonsense:?}: {answer}");
    }
    is_well(&app).await;
}

#[actix_web::test]
async fn a_client_that_sends_its_headers_drop_by_drop_is_let_go() {
    let app = TestApp::new().await;
    let mut stream = TcpStream::connect(app.url.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(b"GET /api/v1/meta HTTP/1.1\r\nHost: x\r\n").unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    let answer = String::from_utf8_lossy(&answer).into_owned();
    assert!(answer.is_empty() || status(&answer) == 408, "{answer}");
    is_well(&app).await;
}

#[actix_web::test]
async fn head_is_answered_as_get_without_the_body() {
    let app = TestApp::new().await;
    let get = app.owner.get("/organization").await;
    let head = app.owner.send(reqwest::Method::HEAD, "/organization", None).await;
    assert_eq!(head.status, 200);
    assert_eq!(head.header("etag"), get.header("etag"));
    assert_eq!(head.header("content-length"), Some(get.text.len().to_string().as_str()));
    assert_eq!(head.text, "");
    let none = app.owner.send(reqwest::Method::HEAD, "/nothing", None).await;
    assert_eq!(none.status, 404);
}

#[actix_web::test]
async fn someone_who_asks_too_often_is_told_when_to_go_on() {
    let app = TestApp::configured(&["--rate-limit-principal", "30"]).await;
    let first = app.owner.get("/organization").await;
    assert_eq!(first.header("ratelimit-policy"), Some("\"principal\";q=30;w=60"));
    assert!(first.header("ratelimit").unwrap().starts_with("\"principal\";r=29;t="), "{first:?}");
    let mut last = first;
    for _ in 0..31 {
        last = app.owner.get("/organization").await;
    }
    assert!(["1", "2"].contains(&last.header("retry-after").unwrap()), "one passes every two seconds");
    assert!(last.header("ratelimit").unwrap().starts_with("\"principal\";r=0;t="));
    last.problem(429, "rate_limited");
    // Nobody else is held up by it, not even from the same address.
    app.anonymous().get("/meta").await.ok();
    app.anonymous().get("/health/ready").await.ok();
}

#[actix_web::test]
async fn strangers_of_one_address_share_a_smaller_part_and_can_not_hide_behind_a_header() {
    let app = TestApp::configured(&["--rate-limit-anonymous", "20"]).await;
    let mut refused = 0;
    for number in 0..30 {
        let claims = app.anonymous().with("X-Forwarded-For", format!("203.0.113.{number}"));
        refused += i32::from(claims.get("/meta").await.status == 429);
    }
    assert!(refused >= 9, "{refused}");
    app.owner.get("/organization").await.ok();
    let app = TestApp::configured(&["--rate-limit-anonymous", "20", "--trusted-proxies", "127.0.0.1"]).await;
    for number in 0..30 {
        let claims = app.anonymous().with("X-Forwarded-For", format!("203.0.113.{number}"));
        claims.get("/meta").await.ok();
    }
}

#[actix_web::test]
async fn a_made_up_token_gets_nobody_more_tries_at_the_door() {
    let app = TestApp::configured(&["--rate-limit-anonymous", "20"]).await;
    let stranger = app.anonymous().with_token("made up");
    let mut refused = 0;
    for _ in 0..30 {
        let body = json!({ "refresh_token": "made up" });
        refused += i32::from(stranger.post("/auth/refresh", &body).await.status == 429);
    }
    assert!(refused >= 9, "{refused}");
    app.owner.get("/organization").await.ok();
}

#[actix_web::test]
async fn sixty_four_clients_behind_one_address_do_not_notice_the_limits() {
    let defaults =
        ["--rate-limit-principal", "6000", "--rate-limit-address", "120000", "--rate-limit-anonymous", "1200"];
    let app = TestApp::configured(&defaults).await;
    let clients = (0..64).map(|_| {
        let (owner, stranger) = (app.owner.clone(), app.anonymous());
        actix_web::rt::spawn(async move {
            for _ in 0..10 {
                owner.get("/organization").await.ok();
                stranger.get("/meta").await.ok();
            }
        })
    });
    for client in clients.collect::<Vec<_>>() {
        client.await.unwrap();
    }
}

#[actix_web::test]
async fn answers_tell_browsers_and_caches_what_they_may_do() {
    let app = TestApp::configured(&["--public-url", "https://goals.example.com"]).await;
    let reply = app.owner.get("/organization").await;
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("strict-transport-security", "max-age=31536000"),
        ("cache-control", "private, no-cache"),
        ("vary", "Authorization, Accept-Language"),
    ] {
        assert_eq!(reply.header(header), Some(value), "{header}");
    }
    assert_eq!(app.owner.get("/people").await.header("cache-control"), Some("no-store"));
    assert_eq!(app.owner.get("/nothing").await.header("cache-control"), Some("no-store"));
    let docs = app.anonymous().get("/docs/").await;
    assert!(docs.header("content-security-policy").unwrap().starts_with("default-src 'self';"));
    assert!(!docs.text.contains("<script>"), "a script inside the page would not run");
    let plain = TestApp::new().await;
    assert_eq!(plain.owner.get("/organization").await.header("strict-transport-security"), None);
}

#[actix_web::test]
async fn a_browser_of_a_known_origin_may_read_refusals_too() {
    let app = TestApp::configured(&["--cors-origins", " https://goals.example.com , https://b.example.com:8443"]).await;
    for origin in ["https://goals.example.com", "https://b.example.com:8443"] {
        let refused = app.anonymous().with("Origin", origin).get("/organization").await;
        assert_eq!(refused.header("access-control-allow-origin"), Some(origin));
        refused.problem(401, "sign_in_required");
    }
}

#[actix_web::test]
async fn a_request_that_takes_too_long_is_given_up_and_holds_nobody_up() {
    let app = TestApp::configured(&["--request-seconds", "1"]).await;
    let db = app.app.service.db.clone();
    let slow = db.read(goaltree::db::Scope::System, |_| {
        std::thread::sleep(Duration::from_millis(1_500));
        Ok(())
    });
    assert_eq!(slow.await.unwrap_err().code(), goaltree::error::Code::TimedOut);
    is_well(&app).await;
}
