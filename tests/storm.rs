//! Many at once: check-ins of many clients while goals move above them, and two processes on one database.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a test"
)]

mod support;

use diesel::{ExpressionMethods, QueryDsl, RunQueryDsl};
use goaltree::db::schema::events::dsl;
use goaltree::db::{Conn, Scope};
use goaltree::domain::ids::GoalId;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use support::sales::{Sales, active, at_once, value_of, verified};
use support::{Client, Program};

const CLIENTS: usize = 64;

fn check_ins(goal: &str) -> String {
    format!("/goals/{goal}/check-ins")
}

#[actix_web::test]
async fn sixty_four_clients_check_in_at_once_and_every_sum_is_exact() {
    let sales = Sales::with(CLIENTS).await;
    let answers = at_once(sales.sellers.iter().cloned().enumerate().map(|(index, (seller, goal))| async move {
        let body = json!({ "value": (index + 1).to_string() });
        (index + 1, seller.post(&check_ins(&goal), &body).await.status(201))
    }))
    .await;
    for (value, answer) in answers {
        assert_eq!(answer["goal"]["value"], value.to_string());
        let above: Vec<i64> = answer["ancestors"].as_array().unwrap().iter().map(whole).collect();
        assert_eq!(above.len(), 2);
        assert!(above.iter().all(|sum| *sum >= i64::try_from(value).unwrap()), "one's own check-in is in: {answer}");
    }
    let total = json!((CLIENTS * (CLIENTS + 1) / 2).to_string());
    assert_eq!(value_of(&sales.app.owner, &sales.teams[0]).await, total);
    assert_eq!(value_of(&sales.app.owner, &sales.company).await, total);
    verified(&sales.app);
}

#[actix_web::test]
async fn check_ins_are_exact_while_goals_above_them_are_moved_and_weighed() {
    const ROUNDS: usize = 4;
    let sales = Sales::with(CLIENTS).await;
    let above = json!({ "cycle_id": sales.quarter, "kind": "objective", "scope": "company", "title": "Dẫn đầu" });
    let above = Arc::new(active(&sales.app.owner, &sales.app.owner, above).await);
    let over = Arc::new(AtomicBool::new(false));
    let goals: Arc<Vec<String>> = Arc::new(sales.sellers.iter().map(|(_, goal)| goal.clone()).collect());
    let movers: Vec<_> = (0..3)
        .map(|mover| {
            let (owner, over, goals) = (sales.app.owner.clone(), Arc::clone(&over), Arc::clone(&goals));
            let (teams, above) = (sales.teams.clone(), Arc::clone(&above));
            actix_web::rt::spawn(async move {
                let mut moves = 0;
                while !over.load(Ordering::Relaxed) {
                    shake(&owner, &goals, &teams, mover + 3 * moves).await;
                    shake_above(&owner, &goals, &above, mover + 3 * moves).await;
                    if mover == 0 {
                        hold_for_a_while(&owner, &teams[1]).await;
                    }
                    moves += 1;
                }
                moves
            })
        })
        .collect();
    at_once(sales.sellers.iter().cloned().map(|(seller, goal)| async move {
        for _ in 0..ROUNDS {
            seller.post(&check_ins(&goal), &json!({ "increment": "1.5" })).await.status(201);
        }
    }))
    .await;
    over.store(true, Ordering::Relaxed);
    for mover in movers {
        assert!(mover.await.unwrap() > 0, "goals were moved meanwhile");
    }
    let owner = &sales.app.owner;
    for (_, goal) in &sales.sellers {
        assert_eq!(value_of(owner, goal).await, "6");
    }
    let (north, south) = (node(owner, &sales.teams[0]).await, node(owner, &sales.teams[1]).await);
    assert!(north["child_count"] != 0 && south["child_count"] != 0, "both have some: {north} {south}");
    let company = node(owner, &sales.company).await;
    assert_eq!(whole(&north) + whole(&south), 6 * i64::try_from(CLIENTS).unwrap());
    assert_eq!(whole(&company), whole(&north) + whole(&south));
    verified(&sales.app);
}

#[actix_web::test]
async fn measurements_check_ins_and_moves_at_once_leave_every_figure_exact() {
    const ROUNDS: usize = 4;
    let sales = Sales::with(24).await;
    let owner = sales.app.owner.clone();
    let calls = json!({
        "code": "calls", "name": { "vi": "Cuộc gọi" }, "unit": "count", "time_aggregation": "sum",
        "people_aggregation": "sum", "measured_for": "person",
    });
    let calls = owner.post("/metrics", &calls).await.id();
    let measured = json!({
        "cycle_id": sales.quarter, "kind": "kpi", "source": "measurements", "metric_id": calls,
        "direction": "increase", "target": "1000", "scope": "company", "title": "Cuộc gọi của công ty",
    });
    let company = Arc::new(active(&owner, &owner, measured).await);
    let over = Arc::new(AtomicBool::new(false));
    let mover = actix_web::rt::spawn({
        let (owner, over, teams) = (owner.clone(), Arc::clone(&over), sales.teams.clone());
        let goals: Vec<String> = sales.sellers.iter().map(|(_, goal)| goal.clone()).collect();
        async move {
            for step in 0.. {
                shake(&owner, &goals, &teams, step).await;
                if over.load(Ordering::Relaxed) {
                    break;
                }
            }
        }
    });
    at_once(sales.sellers.iter().cloned().enumerate().map(|(index, (seller, goal))| {
        let (owner, company) = (owner.clone(), Arc::clone(&company));
        async move {
            for round in 0..ROUNDS {
                seller.post(&check_ins(&goal), &json!({ "increment": "1.5" })).await.status(201);
                let call = |day: u32, value: usize| {
                    json!({
                        "metric": "calls", "person_id": seller.person, "date": format!("2026-02-{day:02}"),
                        "value": value.to_string(), "source": "pbx", "external_id": format!("{index}-{day}"),
                    })
                };
                // The second one is said again, and otherwise, each round.
                let both = [call(10 - u32::try_from(round).unwrap(), 2), call(14, round)];
                owner.post("/measurements", &json!({ "items": both })).await.status(200);
                let told = whole(&node(&owner, &company).await);
                assert!(told >= i64::try_from(2 * (round + 1)).unwrap(), "one's own measurements are in: {told}");
            }
        }
    }))
    .await;
    over.store(true, Ordering::Relaxed);
    mover.await.unwrap();
    let total = sales.sellers.len() * (2 * ROUNDS + ROUNDS - 1);
    assert_eq!(value_of(&owner, &company).await, total.to_string());
    let checked_in: i64 = whole(&node(&owner, &sales.company).await);
    assert_eq!(checked_in, 6 * i64::try_from(sales.sellers.len()).unwrap());
    verified(&sales.app);
}

/// Moves a goal to one of the teams' goals, and weighs both teams' goals anew.
async fn shake(owner: &Client, goals: &[String], teams: &[String; 2], step: usize) {
    let goal = &goals[step * 7 % goals.len()];
    let team = &teams[step / 2 % 2];
    let to = format!("/goals/{goal}/links/{team}");
    let reason = "Chia lại khu vực";
    owner.put(&to, &json!({ "primary": true, "replace": true, "weight": "1", "reason": reason })).await.ok();
    let weight = (1 + step % 5).to_string();
    let above = owner.get(&format!("/goals/{team}")).await.ok();
    let company = above["parent_id"].as_str().unwrap();
    let weights: Value = teams.iter().map(|team| json!({ "goal_id": team, "weight": weight })).collect();
    owner.put(&format!("/goals/{company}/child-weights"), &weights).await.ok();
}

/// Links a goal under a second one too, with a weight or without, or takes that link away.
async fn shake_above(owner: &Client, goals: &[String], above: &str, step: usize) {
    let path = format!("/goals/{}/links/{above}", goals[step * 5 % goals.len()]);
    let reply = match step % 3 {
        2 => owner.delete(&path).await,
        weight => {
            let body = json!({ "primary": false, "weight": weight.to_string(), "reason": "Cùng phục vụ" });
            owner.put(&path, &body).await
        }
    };
    let status = reply.status.as_u16();
    assert!(status < 300 || status == 404, "no link to take away is all that is refused: {}", reply.text);
}

/// Takes all of a team out of the company's goal, and back in.
async fn hold_for_a_while(owner: &Client, team: &str) {
    for to in ["on_hold", "active"] {
        owner.post(&format!("/goals/{team}/transition"), &json!({ "to": to, "reason": "Xem lại" })).await.ok();
    }
}

#[actix_web::test]
async fn no_check_in_slips_in_after_its_goal_is_completed() {
    let sales = Sales::with(24).await;
    let owner = sales.app.owner.clone();
    let goals: Vec<String> = sales.sellers.iter().map(|(_, goal)| goal.clone()).collect();
    let completing = actix_web::rt::spawn(async move {
        for goal in goals {
            owner.post(&format!("/goals/{goal}/transition"), &json!({ "to": "completed" })).await.ok();
        }
    });
    at_once(sales.sellers.iter().cloned().map(|(seller, goal)| async move {
        loop {
            let reply = seller.post(&check_ins(&goal), &json!({ "increment": "1" })).await;
            if reply.status.as_u16() != 201 {
                reply.problem(409, "goal_not_active");
                return;
            }
        }
    }))
    .await;
    completing.await.unwrap();
    let load = |conn: &mut Conn| {
        let of_goals = dsl::events.filter(dsl::kind.eq_any(["check_in.recorded", "goal.completed"]));
        let query = of_goals.select((dsl::goal_id, dsl::kind, dsl::revision));
        Ok(query.load::<(Option<GoalId>, String, Option<i64>)>(conn)?)
    };
    let events = sales.app.app.service.db.read_now(Scope::System, load).unwrap();
    let completed: HashMap<_, _> =
        events.iter().filter(|(_, kind, _)| kind == "goal.completed").map(|(goal, _, at)| (*goal, *at)).collect();
    assert_eq!(completed.len(), 24);
    assert!(events.len() > 2 * completed.len(), "goals were checked in meanwhile");
    for (goal, _, at) in events.iter().filter(|(_, kind, _)| kind == "check_in.recorded") {
        assert!(*at < completed[goal], "a check-in at {at:?} after {:?}", completed[goal]);
    }
    verified(&sales.app);
}

#[actix_web::test]
async fn what_one_process_answers_is_in_the_very_next_read_of_another() {
    let sales = Sales::with(8).await;
    if !sales.app.database().is_postgres() {
        eprintln!("skipped: two processes share a PostgreSQL database; set DATABASE_URL");
        return;
    }
    let held = ["--clock", "2026-02-14T02:00:00Z"];
    let processes = [Program::start(sales.app.database(), &held), Program::start(sales.app.database(), &held)];
    let said = Arc::new(AtomicU32::new(0));
    at_once(sales.sellers.iter().cloned().enumerate().map(|(index, (seller, goal))| {
        let here = seller.at(&processes[index % 2].url);
        let there = seller.at(&processes[(index + 1) % 2].url);
        let (said, company) = (Arc::clone(&said), sales.company.clone());
        async move {
            for value in 1..=12_u32 {
                let before = said.load(Ordering::SeqCst);
                let answer = here.post(&check_ins(&goal), &json!({ "value": value.to_string() })).await.status(201);
                said.fetch_add(1, Ordering::SeqCst);
                assert_eq!(value_of(&there, &goal).await, value.to_string(), "the other process sees it");
                let sums = [whole(&answer["ancestors"][1]), whole(&node(&there, &company).await)];
                assert!(sums.iter().all(|sum| *sum > i64::from(before)), "and all that was answered before: {sums:?}");
            }
        }
    }))
    .await;
    for process in &processes {
        assert_eq!(value_of(&sales.app.owner.at(&process.url), &sales.company).await, "96");
    }
    verified(&sales.app);
}

async fn node(reader: &Client, goal: &str) -> Value {
    reader.get(&format!("/goals/{goal}")).await.ok()
}

/// A node's value, of whole numbers.
fn whole(node: &Value) -> i64 {
    let value = node["value"].as_str().unwrap_or_else(|| panic!("no value in {node}"));
    value.parse().unwrap_or_else(|_| panic!("{value} is not whole"))
}
