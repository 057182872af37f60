//! A goal's trend: on each day what `as_of` gives, by one load.

use super::{check_in, draft, goal, kpi, lead_on, link, must_agree};
use crate::support::{Client, TestApp};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

async fn trend(client: &Client, goal: &str, query: &str) -> Value {
    client.get(&format!("/goals/{goal}/trend{query}")).await.ok()
}

/// One field of every point.
fn each<'a>(trend: &'a Value, field: &str) -> Vec<&'a Value> {
    trend["points"].as_array().expect("points").iter().map(|point| &point[field]).collect()
}

#[actix_web::test]
async fn a_trend_runs_over_the_goals_window_up_to_today() {
    let app = TestApp::at("2026-01-05T02:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company" })).await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&top))).await;
    check_in(me, &leaf, "2", "2026-01-02").await;
    app.set_clock("2026-01-06T02:00:00Z");
    me.patch(&format!("/goals/{leaf}"), &json!({ "target": "4", "reason": "Nhỏ hơn" })).await.ok();
    let drawn = trend(me, &top, "").await;
    let head = json!([drawn["goal_id"], drawn["from"], drawn["to"], drawn["interval"]]);
    assert_eq!(head, json!([top, "2026-01-01", "2026-01-06", "day"]));
    assert_eq!(each(&drawn, "date").len(), 6);
    assert_eq!(json!(each(&drawn, "progress")), json!([0.0, 0.2, 0.2, 0.2, 0.2, 0.5]));
    assert_eq!(drawn["points"][0]["status"], "no_data");
    let own = trend(me, &leaf, "?from=2026-01-05").await;
    assert_eq!(json!([each(&own, "target"), each(&own, "value")]), json!([["10", "4"], ["2", "2"]]));
    let weeks = trend(me, &leaf, "?interval=week").await;
    assert_eq!(json!(each(&weeks, "date")), json!(["2026-01-04", "2026-01-06"]), "Sundays, and the last day");
    app.set_clock("2026-05-20T02:00:00Z");
    let over = trend(me, &leaf, "").await;
    assert_eq!(over["to"], "2026-03-31", "its window is over");
    let after = trend(me, &leaf, "?from=2026-05-01&interval=month").await;
    assert_eq!(json!(each(&after, "date")), json!(["2026-05-20"]));
}

#[actix_web::test]
async fn days_that_do_not_fit_are_refused_with_their_place() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let leaf = goal(me, &cycle, "Leaf", kpi("10", None)).await;
    let refused = async |query: &str| me.get(&format!("/goals/{leaf}/trend?{query}")).await.faults();
    assert_eq!(refused("from=2026-02-15").await, ["?from in_the_future"]);
    assert_eq!(refused("to=2027-01-01&from=2027-01-02").await, ["?from in_the_future", "?to in_the_future"]);
    assert_eq!(refused("from=2026-02-03&to=2026-02-02").await, ["?from dates_reversed"]);
    assert_eq!(refused("from=2024-01-01&interval=day").await, ["?interval too_many_points"]);
    assert_eq!(refused("from=0001-01-01").await, ["?interval too_many_points"]);
    assert_eq!(refused("from=-9999-01-01&to=-9999-01-01").await, ["?from out_of_range", "?to out_of_range"]);
    assert_eq!(trend(me, &leaf, "?from=2024-01-01").await["interval"], "week");
    me.get(&format!("/goals/{leaf}/trend?interval=hour")).await.problem(400, "malformed_query");
    me.get(&format!("/goals/{cycle}/trend")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn who_may_see_a_goal_sees_its_trend_with_what_is_hidden_counted() {
    let app = TestApp::new().await;
    let (me, cycle, company) = (&app.owner, app.quarter().await, app.company().await);
    let other = app.member("Other Person", &company, json!({})).await;
    let top = json!({ "kind": "objective", "scope": "company", "visibility": "public" });
    let top = goal(me, &cycle, "Top", top).await;
    let mut secret = kpi("10", Some(&top));
    secret["visibility"] = json!("restricted");
    let secret = goal(me, &cycle, "Secret", secret).await;
    check_in(me, &secret, "3", "2026-02-10").await;
    let seen = trend(&other, &top, "?from=2026-02-09&to=2026-02-10").await;
    assert_eq!(json!(each(&seen, "progress")), json!([0.0, 0.3]));
    other.get(&format!("/goals/{secret}/trend")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_goal_has_no_points_before_it_was_there() {
    let app = TestApp::at("2026-02-01T02:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let idea = draft(me, &cycle, "Idea", kpi("10", None)).await;
    app.set_clock("2026-02-03T02:00:00Z");
    assert_eq!(json!(each(&trend(me, &idea, "").await, "state")), json!(["draft", "draft", "draft"]));
    lead_on(me, &idea, json!({ "to": "pending_approval" })).await;
    let begun = trend(me, &idea, "").await;
    assert_eq!(each(&begun, "date").len(), 34, "approved, it has a past from its window's first day on");
}

/// Chance that repeats itself.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    fn of<'a>(&mut self, goals: &'a [String]) -> &'a str {
        &goals[self.below(goals.len())]
    }
}

/// A company whose goals are moved about at random, day by day.
struct Story {
    app: TestApp,
    chance: Chance,
    leaves: Vec<String>,
    tops: Vec<String>,
    done: usize,
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let app = TestApp::at("2026-01-02T02:00:00Z").await;
        let (me, cycle) = (&app.owner, app.quarter().await);
        let metric = json!({ "code": "revenue", "name": { "vi": "Doanh thu" }, "unit": "number" });
        let metric = me.post("/metrics", &metric).await.id();
        let company = goal(me, &cycle, "Company", json!({ "kind": "objective", "scope": "company" })).await;
        let mut tops = vec![company.clone()];
        let mut leaves = Vec::new();
        for name in ["One", "Two"] {
            tops.push(goal(me, &cycle, name, json!({ "kind": "objective", "parent_id": company })).await);
        }
        let mut sum = kpi("30", Some(&tops[1]));
        (sum["source"], sum["metric_id"]) = (json!("sum"), json!(metric));
        tops.push(goal(me, &cycle, "Sum", sum).await);
        for (n, parent) in [3, 3, 1, 2, 2].into_iter().enumerate() {
            let mut leaf = kpi("10", Some(&tops[parent]));
            leaf["metric_id"] = json!(metric);
            leaf["title"] = json!(format!("Leaf {n}"));
            // Half of them are approved on a later day, and speak from their window's first day on nevertheless.
            leaves.push(draft(me, &cycle, "Leaf", leaf).await);
        }
        Self { app, chance: Chance(seed), leaves, tops, done: 0 }
    }

    async fn live(&mut self, day: NaiveDate) {
        self.app.set_clock(&format!("{day}T02:00:00Z"));
        for _ in 0..self.chance.below(4) {
            let (chance, me) = (&mut self.chance, self.app.owner.clone());
            let leaf = chance.of(&self.leaves).to_owned();
            let top = chance.of(&self.tops).to_owned();
            let any = if chance.below(3) == 0 { top.clone() } else { leaf.clone() };
            let number = (chance.below(120) + 1).to_string();
            let reply = match chance.below(12) {
                0..=3 => {
                    let back = u64::try_from(chance.below(12)).unwrap();
                    let body = json!({ "value": number, "effective_date": day - Days::new(back) });
                    me.post(&format!("/goals/{leaf}/check-ins"), &body).await
                }
                4 => {
                    let check_ins = me.get(&format!("/goals/{leaf}/check-ins")).await.ok();
                    let Some(id) = check_ins["items"][0]["id"].as_str().map(str::to_owned) else { continue };
                    me.delete(&format!("/check-ins/{id}?reason=Nhầm")).await
                }
                5 => {
                    let body = json!({ "target": number, "reason": "Khác đi" });
                    me.patch(&format!("/goals/{leaf}"), &body).await
                }
                6 | 7 => {
                    let primary = chance.below(2) == 0;
                    let body = json!({ "weight": chance.below(4).to_string(), "primary": primary, "replace": primary });
                    me.put(&format!("/goals/{any}/links/{top}"), &body).await
                }
                8 => me.delete(&format!("/goals/{any}/links/{top}")).await,
                9 => {
                    let states = ["active", "on_hold", "completed", "cancelled"];
                    let body = json!({ "to": states[chance.below(4)], "reason": "Vì thế" });
                    me.post(&format!("/goals/{leaf}/transition"), &body).await
                }
                _ => {
                    let to = if chance.below(2) == 0 { "pending_approval" } else { "active" };
                    let body = json!({ "to": to, "reason": "Tiếp tục" });
                    me.post(&format!("/goals/{leaf}/transition"), &body).await
                }
            };
            assert!(reply.status.as_u16() < 500, "{}", reply.text);
            self.done += usize::from(reply.status.is_success());
        }
    }
}

#[actix_web::test]
async fn every_point_is_what_the_day_gives_whatever_happened() {
    let first = NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
    for seed in 1..=3 {
        let mut story = Story::begin(seed).await;
        for day in first.iter_days().take(45) {
            story.live(day).await;
        }
        assert!(story.done > 25, "{} things were done", story.done);
        let me = &story.app.owner;
        for id in story.tops.iter().chain(&story.leaves[..2]) {
            let drawn = trend(me, id, "?from=2025-12-30").await;
            for day in first.checked_sub_days(Days::new(3)).unwrap().iter_days().take(48) {
                let one = me.get(&format!("/goals/{id}?as_of={day}")).await;
                let point = drawn["points"].as_array().unwrap().iter().find(|point| point["date"] == day.to_string());
                let Some(point) = point else {
                    one.problem(404, "not_found");
                    continue;
                };
                let one = one.ok();
                for field in ["state", "status", "value", "target", "progress", "attainment", "expected"] {
                    assert_eq!(point[field], one[field], "{field} of {} on {day}, seed {seed}", one["title"]);
                }
            }
        }
        must_agree(&story.app);
    }
}

#[actix_web::test]
async fn a_loop_that_an_activation_dates_back_is_left_out_alike() {
    let app = TestApp::at("2026-01-10T02:00:00Z").await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let one = goal(me, &cycle, "One", json!({ "kind": "objective" })).await;
    let two = draft(me, &cycle, "Two", json!({ "kind": "objective" })).await;
    link(me, &one, &two, "1").await;
    app.set_clock("2026-01-20T02:00:00Z");
    me.delete(&format!("/goals/{one}/links/{two}")).await.status(204);
    link(me, &two, &one, "1").await;
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&two))).await;
    check_in(me, &leaf, "5", "2026-01-12").await;
    lead_on(me, &two, json!({ "to": "pending_approval" })).await;
    let drawn = trend(me, &one, "").await;
    assert_eq!(each(&drawn, "date").len(), 20);
    for point in drawn["points"].as_array().unwrap() {
        let day = point["date"].as_str().unwrap();
        let then = me.get(&format!("/goals/{one}?as_of={day}")).await.ok();
        assert_eq!(point["progress"], then["progress"], "{day}");
    }
    assert_eq!(drawn["points"][19]["progress"], 0.5);
    must_agree(&app);
}
