//! The desk where check-ins queue: what waits shares a transaction, and nobody suffers from another's.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

mod support;

use actix_web::rt;
use diesel::connection::SimpleConnection;
use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use goaltree::db::schema::events::dsl;
use goaltree::db::{Conn, Scope};
use goaltree::domain::ids::PersonId;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;
use support::sales::{Sales, at_once, value_of, verified};
use support::{Client, Reply, TestApp};

/// Another transaction that stands in the way of every check-in until it is let go.
struct InTheWay {
    let_go: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl InTheWay {
    fn of(app: &TestApp) -> Self {
        let (let_go, wait) = mpsc::channel();
        let (here, stands) = mpsc::channel();
        let db = app.app.service.db.clone();
        let wait = std::sync::Mutex::new(wait);
        let thread = std::thread::spawn(move || {
            let held = db.write_now(Scope::System, |conn, _| {
                // SQLite has one writer; on PostgreSQL all writers of a forest meet on its row.
                if let Conn::Postgres(conn) = conn {
                    conn.batch_execute("SELECT 1 FROM forests FOR UPDATE")?;
                }
                here.send(()).unwrap();
                wait.lock().unwrap().recv().unwrap_or_default();
                Ok(())
            });
            held.unwrap();
        });
        stands.recv().unwrap();
        Self { let_go, thread }
    }

    fn let_go(self) {
        self.let_go.send(()).unwrap();
        self.thread.join().unwrap();
    }
}

async fn says(who: Client, goal: String, what: Value) -> Reply {
    who.post(&format!("/goals/{goal}/check-ins"), &what).await
}

/// Long enough for requests that are under way to reach the desk.
async fn they_wait() {
    rt::time::sleep(Duration::from_millis(1_500)).await;
}

/// The revision, actor and request of every check-in.
fn recorded(app: &TestApp) -> Vec<(Option<i64>, Option<PersonId>, Option<String>)> {
    let of_check_ins = dsl::events.filter(dsl::kind.eq("check_in.recorded"));
    let query = of_check_ins.select((dsl::revision, dsl::actor_id, dsl::origin));
    app.app.service.db.read_now(Scope::System, |conn| Ok(query.load(conn)?)).unwrap()
}

#[actix_web::test]
async fn check_ins_that_wait_share_a_transaction_and_each_keeps_its_own_actor_and_outcome() {
    let sales = Sales::with(20).await;
    let (gone, _) = &sales.sellers[0];
    gone.post("/auth/logout", &json!({})).await.ok();
    let in_the_way = InTheWay::of(&sales.app);
    let running: Vec<_> = (0..20)
        .map(|index| {
            let (seller, own) = sales.sellers[index].clone();
            // With the token that it had, not signing in anew.
            let seller = if index == 0 { seller.with_token(&seller.token()) } else { seller };
            let goal = if index == 1 { sales.sellers[2].1.clone() } else { own };
            let what = if index == 2 { json!({ "completed_steps": [] }) } else { json!({ "value": "3" }) };
            rt::spawn(says(seller.with("X-Request-Id", format!("tap-{index}")), goal, what))
        })
        .collect();
    they_wait().await;
    in_the_way.let_go();
    let mut statuses = Vec::new();
    for one in running {
        statuses.push(one.await.unwrap().status.as_u16());
    }
    assert_eq!(statuses[..4], [401, 403, 422, 201], "one signed out, one not theirs, one that does not fit");
    assert!(statuses[3..].iter().all(|status| *status == 201), "{statuses:?}");
    let events = recorded(&sales.app);
    let revisions: HashSet<_> = events.iter().map(|(revision, ..)| *revision).collect();
    assert!(revisions.len() <= 3, "17 check-ins made {} transactions", revisions.len());
    let people: HashSet<_> = events.iter().map(|(_, person, _)| person.unwrap().to_string()).collect();
    let expected: HashSet<_> = sales.sellers[3..].iter().map(|(seller, _)| seller.person.clone()).collect();
    assert_eq!(people, expected);
    let origins: HashSet<_> = events.into_iter().map(|(.., origin)| origin.unwrap()).collect();
    assert_eq!(origins, (3..20).map(|index| format!("tap-{index}")).collect());
    assert_eq!(value_of(&sales.app.owner, &sales.company).await, "51");
    verified(&sales.app);
}

#[actix_web::test]
async fn a_request_that_is_given_up_stalls_nobody() {
    let sales = Sales::with(6).await;
    let in_the_way = InTheWay::of(&sales.app);
    let mut waiting = sales.sellers.iter().cloned();
    let (first, goal) = waiting.next().unwrap();
    let given_up = rt::spawn(says(first, goal, json!({ "value": "3" })));
    rt::time::sleep(Duration::from_millis(500)).await;
    let others: Vec<_> = waiting.map(|(seller, goal)| rt::spawn(says(seller, goal, json!({ "value": "3" })))).collect();
    they_wait().await;
    given_up.abort();
    rt::time::sleep(Duration::from_millis(200)).await;
    in_the_way.let_go();
    for other in others {
        let answer = rt::time::timeout(Duration::from_secs(20), other).await.expect("it is answered").unwrap();
        answer.status(201);
    }
    let (seller, goal) = sales.sellers[0].clone();
    says(seller, goal, json!({ "value": "4" })).await.status(201);
    assert_eq!(value_of(&sales.app.owner, &sales.company).await, "19");
    verified(&sales.app);
}

#[actix_web::test]
async fn what_the_database_refuses_harms_nobody_whose_check_in_waits_beside_it() {
    let sales = Sales::with(10).await;
    let broken = |conn: &mut Conn| match conn {
        Conn::Sqlite(conn) => conn.batch_execute(
            "CREATE TRIGGER broken BEFORE INSERT ON check_ins WHEN NEW.note = 'broken'
             BEGIN SELECT RAISE(ABORT, 'broken'); END",
        ),
        Conn::Postgres(conn) => conn.batch_execute(
            "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN RAISE EXCEPTION 'broken'; END $$;
             CREATE TRIGGER broken BEFORE INSERT ON check_ins FOR EACH ROW WHEN (NEW.note = 'broken')
             EXECUTE FUNCTION broken()",
        ),
    };
    sales.app.app.service.db.write_now(Scope::System, |conn, _| Ok(broken(conn)?)).unwrap();
    let in_the_way = InTheWay::of(&sales.app);
    let running: Vec<_> = sales
        .sellers
        .iter()
        .cloned()
        .enumerate()
        .map(|(index, (seller, goal))| {
            let note = if index == 4 { "broken" } else { "fine" };
            rt::spawn(says(seller, goal, json!({ "value": "3", "note": note })))
        })
        .collect();
    they_wait().await;
    in_the_way.let_go();
    for (index, one) in running.into_iter().enumerate() {
        let reply = one.await.unwrap();
        if index == 4 {
            let problem = reply.problem(500, "internal");
            assert!(!problem.to_string().contains("broken"), "no error shows the database's words: {problem}");
        } else {
            reply.status(201);
        }
    }
    assert_eq!(value_of(&sales.app.owner, &sales.company).await, "27");
    verified(&sales.app);
}

#[actix_web::test]
async fn one_key_sent_many_times_at_once_is_one_check_in() {
    let sales = Sales::with(1).await;
    let (second, _running) = sales.app.second();
    let (seller, goal) = &sales.sellers[0];
    let once = seller.with("Idempotency-Key", "double-tap");
    let taps = (0..12).map(|tap| if tap % 2 == 0 { once.clone() } else { once.at(&second) });
    let replies = at_once(taps.map(|tap| says(tap, goal.clone(), json!({ "increment": "5" })))).await;
    let mut made = HashSet::new();
    for reply in replies {
        match reply.status.as_u16() {
            201 => made.insert(reply.ok()["check_in"]["id"].as_str().unwrap().to_owned()),
            _ => reply.problem(409, "still_running")["code"].is_null(),
        };
    }
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(value_of(&sales.app.owner, goal).await, "5");
    verified(&sales.app);
}
