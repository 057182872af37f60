//! Why figures are what they are.

use super::{check_in, draft, goal, kpi, lead_on, link, node};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

async fn explained(client: &Client, goal: &str, query: &str) -> Value {
    client.get(&format!("/goals/{goal}/explain?{query}")).await.ok()
}

/// How a figure comes about.
fn line<'a>(explanation: &'a Value, figure: &str) -> &'a Value {
    let lines = explanation["lines"].as_array().unwrap();
    lines.iter().find(|line| line["figure"] == figure).unwrap_or_else(|| panic!("no {figure} in {explanation}"))
}

/// A member of each entry of a list, in its order.
fn each(list: &Value, member: &str) -> Vec<Value> {
    list.as_array().unwrap().iter().map(|one| one.pointer(member).cloned().unwrap_or_default()).collect()
}

async fn revenue(client: &Client) -> String {
    let metric = json!({ "code": "revenue", "name": { "vi": "Doanh thu" }, "unit": "currency" });
    client.post("/metrics", &metric).await.id()
}

fn with_metric(mut body: Value, metric: &str) -> Value {
    body["metric_id"] = json!(metric);
    body
}

#[actix_web::test]
async fn a_checked_in_value_is_explained_down_to_its_check_ins() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let goal = goal(me, &cycle, "Leaf", kpi("1000", None)).await;
    check_in(me, &goal, "500", "2026-02-01").await;
    check_in(me, &goal, "600", "2026-02-03").await;
    for (day, what) in [("2026-02-05", json!({ "increment": "40" })), ("2026-02-12", json!({ "value": "900" }))] {
        let mut body = what;
        body["effective_date"] = json!(day);
        me.post(&format!("/goals/{goal}/check-ins"), &body).await.status(201);
    }
    let entered = json!({ "value": "700", "effective_date": "2026-02-04" });
    let mistaken = me.post(&format!("/goals/{goal}/check-ins"), &entered).await.status(201);
    let mistaken = mistaken["check_in"]["id"].as_str().unwrap().to_owned();
    me.delete(&format!("/check-ins/{mistaken}?reason=typo")).await.status(204);

    let past = explained(me, &goal, "as_of=2026-02-10").await;
    assert_eq!((&past["goal"]["value"], &past["as_of"]), (&json!("640"), &json!("2026-02-10")));
    assert_eq!(line(&past, "value")["numbers"], "600 + 40 = 640");
    assert_eq!(line(&past, "attainment")["formula"], "(v − s)/(t − s)");
    assert_eq!(line(&past, "attainment")["numbers"], "(640 − 0)/(1000 − 0) = 0.64");
    assert_eq!(line(&past, "expected")["numbers"], "41/90 = 0.4556");
    assert_eq!(line(&past, "status")["numbers"], "0.4556 − 0.64 = -0.1844");
    assert_eq!(line(&past, "forecast")["numbers"], "0 + (640 − 0)·90/41 = 1404.878");
    assert_eq!(line(&past, "required_pace")["numbers"], "(1000 − 640)/(90 − 41) = 7.3469");
    assert_eq!(
        each(&past["check_ins"], "/part"),
        ["after_the_day", "added", "voided", "taken", "superseded"].map(Value::from)
    );
    assert_eq!(past["contributors"], json!([]));

    let today = explained(me, &goal, "").await;
    assert_eq!(today["goal"], node(me, &goal).await.as_object().map(|whole| strip(whole, &today["goal"])).unwrap());
    assert_eq!(each(&today["check_ins"], "/part")[..2], [json!("taken"), json!("superseded")]);
}

/// Those members of an object that another one has too.
fn strip(whole: &serde_json::Map<String, Value>, like: &Value) -> Value {
    let of_both = whole.iter().filter(|(name, _)| like.get(name.as_str()).is_some());
    Value::Object(of_both.map(|(name, value)| (name.clone(), value.clone())).collect())
}

#[actix_web::test]
async fn every_goal_that_counts_is_named_with_its_points_and_every_other_with_the_reason() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Win the segment", json!({ "kind": "objective", "scope": "company" })).await;
    for (title, target, value, weight) in [("A", "3", "1", "2"), ("B", "3", "2", "1"), ("C", "7", "9", "1")] {
        let mut body = kpi(target, Some(&top));
        body["weight"] = json!(weight);
        let id = goal(me, &cycle, title, body).await;
        check_in(me, &id, value, "2026-02-10").await;
    }
    goal(me, &cycle, "Empty", json!({ "kind": "objective", "parent_id": top })).await;
    draft(me, &cycle, "Draft", kpi("10", Some(&top))).await;
    let held = goal(me, &cycle, "Held", kpi("10", Some(&top))).await;
    lead_on(me, &held, json!({ "to": "on_hold" })).await;
    let light = goal(me, &cycle, "Light", kpi("10", None)).await;
    link(me, &light, &top, "0").await;

    let found = explained(me, &top, "").await;
    // (2·1/3 + 2/3 + 1)/4 = 0.58333…; 2/12 = 0.16667, 2/12, 3/12.
    assert_eq!(found["goal"]["progress"], 0.5833);
    assert_eq!(each(&found["contributors"], "/title"), ["A", "B", "C"].map(Value::from));
    assert_eq!(each(&found["contributors"], "/points/progress"), [0.1666, 0.1667, 0.25].map(Value::from));
    assert_eq!(line(&found, "progress")["numbers"], "(2·0.3333 + 1·0.6667 + 1·1)/4 = 0.5833");
    assert_eq!(each(&found["contributors"], "/points/value"), [Value::Null, Value::Null, Value::Null]);
    let reasons: Vec<_> =
        each(&found["left_out"], "/title").into_iter().zip(each(&found["left_out"], "/reason")).collect();
    let expected = [("Empty", "nothing_to_measure"), ("Draft", "state"), ("Held", "state"), ("Light", "weightless")];
    assert_eq!(reasons, expected.map(|(title, reason)| (json!(title), json!(reason))));
    let vi = explained(&me.with("Accept-Language", "vi"), &top, "").await;
    assert!(vi["text"].as_str().unwrap().starts_with("Tiến độ là trung bình theo trọng số"), "{}", vi["text"]);
    assert!(vi["left_out"][2]["text"].as_str().unwrap().contains("Tạm dừng"), "{}", vi["left_out"]);
}

#[actix_web::test]
async fn a_sum_is_explained_by_values_and_allocation_and_says_what_it_leaves_out() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let (money, other) = (revenue(me).await, json!({ "code": "deals", "name": { "vi": "Đơn" }, "unit": "count" }));
    let other = me.post("/metrics", &other).await.id();
    let sum = json!({
        "kind": "kpi", "scope": "company", "source": "sum", "metric_id": money, "direction": "increase", "target": "1000",
    });
    let top = goal(me, &cycle, "Revenue", sum.clone()).await;
    let an = goal(me, &cycle, "An", with_metric(kpi("300", Some(&top)), &money)).await;
    check_in(me, &an, "150.5", "2026-02-10").await;
    goal(me, &cycle, "Silent", with_metric(kpi("400", Some(&top)), &money)).await;
    goal(me, &cycle, "Deals", with_metric(kpi("10", Some(&top)), &other)).await;
    let beside = goal(me, &cycle, "Beside", with_metric(kpi("10", None), &money)).await;
    link(me, &beside, &top, "1").await;
    let below = goal(me, &cycle, "Below", kpi("5", Some(&an))).await;

    let found = explained(me, &top, "depth=2").await;
    assert_eq!(line(&found, "value")["numbers"], "150.5 + 0 = 150.5");
    assert_eq!(each(&found["contributors"], "/points/value"), [json!("150.5"), json!("0")]);
    assert_eq!(line(&found, "allocated")["numbers"], "300 + 400 = 700");
    assert_eq!(line(&found, "allocation_gap")["numbers"], "1000 − 700 = 300");
    assert_eq!(each(&found["left_out"], "/reason"), [json!("other_metric"), json!("not_primary")]);
    let inside = &found["contributors"][0]["explanation"];
    assert_eq!(inside["left_out"][0]["goal_id"], json!(below));
    assert_eq!(inside["left_out"][0]["reason"], "own_value", "a goal with its own value is not moved from below");
    assert!(inside["text"].as_str().unwrap().contains("does not move it"));
    assert_eq!(inside["check_ins"][0]["part"], "taken");
    let shallow = explained(me, &top, "").await;
    assert_eq!(each(&shallow["contributors"], "/explanation"), [Value::Null, Value::Null]);
    for (depth, status) in [("0", 400), ("6", 400), ("5", 200)] {
        let answer = me.get(&format!("/goals/{top}/explain?depth={depth}")).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    }
}

#[actix_web::test]
async fn a_goal_that_serves_two_is_explained_under_both_with_its_check_ins() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let top = goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company" })).await;
    let mut between = Vec::new();
    for title in ["One", "Two"] {
        between.push(goal(me, &cycle, title, json!({ "kind": "objective", "parent_id": top })).await);
    }
    let leaf = goal(me, &cycle, "Leaf", kpi("10", Some(&between[0]))).await;
    link(me, &leaf, &between[1], "1").await;
    check_in(me, &leaf, "4", "2026-02-10").await;
    let found = explained(me, &top, "depth=3").await;
    assert_eq!(found["truncated"], false);
    for nth in 0..2 {
        let inside = &found["contributors"][nth]["explanation"]["contributors"][0];
        assert_eq!(inside["goal_id"], json!(leaf));
        assert_eq!(each(&inside["explanation"]["check_ins"], "/value"), [json!("4")], "under {nth}");
    }
}

#[actix_web::test]
async fn a_milestone_a_bound_and_a_budget_are_explained_in_their_own_formulas() {
    let app = TestApp::new().await;
    let (me, cycle) = (&app.owner, app.quarter().await);
    let steps = json!([{ "id": "a", "title": "A", "weight": "3" }, { "id": "b", "title": "B" }]);
    let milestone =
        goal(me, &cycle, "Launch", json!({ "kind": "kpi", "direction": "milestone", "steps": steps })).await;
    let done = json!({ "completed_steps": ["a"], "effective_date": "2026-02-10" });
    me.post(&format!("/goals/{milestone}/check-ins"), &done).await.status(201);
    let found = explained(me, &milestone, "").await;
    assert_eq!(line(&found, "attainment")["numbers"], "3/4 = 0.75");
    let churn = json!({ "kind": "kpi", "direction": "at_most", "target": "3", "ceiling": "5" });
    let churn = goal(me, &cycle, "Churn", churn).await;
    check_in(me, &churn, "4", "2026-02-10").await;
    let found = explained(me, &churn, "").await;
    assert_eq!(line(&found, "attainment")["numbers"], "max(0, (5 − 4)/(5 − 3)) = 0.5");
    assert_eq!(line(&found, "status")["numbers"], "1 − 0.5 = 0.5");
    check_in(me, &churn, "2", "2026-02-11").await;
    let kept = explained(me, &churn, "").await;
    assert!(line(&kept, "status")["text"].as_str().unwrap().contains("2026-03-31"), "{kept}");
    let between = json!({ "kind": "kpi", "direction": "between", "lo": "10", "hi": "20", "tolerance": "4" });
    let between = goal(me, &cycle, "Between", between).await;
    check_in(me, &between, "21", "2026-02-10").await;
    let found = explained(me, &between, "").await;
    assert_eq!(line(&found, "attainment")["numbers"], "max(0, 1 − 1/4) = 0.75");
    app.set_clock("2026-03-31T02:00:00Z");
    let over = explained(me, &between, "").await;
    assert_eq!(line(&over, "result")["numbers"], "0.7·1 ≤ 0.75 < 1");
}

/// Makes a goal that only those who take part see.
async fn secret(me: &Client, cycle: &str, title: &str, mut body: Value) -> String {
    body["visibility"] = json!("restricted");
    goal(me, cycle, title, body).await
}

#[actix_web::test]
async fn what_a_single_hidden_goal_adds_can_not_be_had_by_subtraction() {
    let app = TestApp::new().await;
    let (company, cycle, me) = (app.company().await, app.quarter().await, &app.owner);
    let team = app.unit("team", "Other team", &company).await;
    let other = app.member("Other Person", &team, json!({})).await;
    let money = revenue(me).await;
    let sum = json!({
        "kind": "kpi", "scope": "company", "source": "sum", "metric_id": money, "direction": "increase",
        "target": "1000", "visibility": "public",
    });
    let top = goal(me, &cycle, "Revenue", sum).await;
    let objective = json!({ "kind": "objective", "scope": "company", "visibility": "public" });
    let objective = goal(me, &cycle, "Objective", objective).await;
    let public = |mut body: Value| {
        body["visibility"] = json!("public");
        with_metric(body, &money)
    };
    let open = goal(me, &cycle, "Open", public(kpi("300", Some(&top)))).await;
    check_in(me, &open, "120", "2026-02-10").await;
    link(me, &open, &objective, "1").await;
    let first = secret(me, &cycle, "Secret takeover", with_metric(kpi("477", Some(&top)), &money)).await;
    check_in(me, &first, "31.25", "2026-02-10").await;
    link(me, &first, &objective, "3").await;

    for goal in [&top, &objective] {
        let found = explained(&other, goal, "depth=3").await;
        assert_eq!(found["hidden_contributors"]["points"], Value::Null);
        assert!(!found["hidden_contributors"]["text"].as_str().unwrap().contains("  "), "{found}");
        let shown = &found["contributors"][0];
        assert_eq!((&shown["title"], found["contributors"].as_array().map(Vec::len)), (&json!("Open"), Some(1)));
        for kept_back in ["value", "target", "progress", "attainment", "expected", "points", "explanation"] {
            assert_eq!(shown[kept_back], Value::Null, "{kept_back}");
        }
        for figure in ["value", "attainment", "progress", "expected", "allocated"] {
            let lines = found["lines"].as_array().unwrap();
            let rolled_up = goal == &objective || ["value", "allocated"].contains(&figure);
            let line = lines.iter().find(|line| line["figure"] == figure);
            assert!(line.is_none_or(|line| !rolled_up || line["numbers"].is_null()), "{line:?}");
        }
        // Neither its name nor any of its figures, nor what would give one by subtraction, is in the answer.
        let text = found.to_string();
        let own_line = found["lines"].to_string();
        for telling in ["Secret", &first, "\"120\"", "\"31.25\"", "0.0655", "\"300\"", "\"477\""] {
            assert!(!text.contains(telling), "{telling}: {text}");
        }
        assert!(!own_line.contains("120"), "{own_line}");
    }
    // Whoever sees it sees it all.
    let whole = explained(me, &top, "").await;
    assert_eq!(each(&whole["contributors"], "/points/value"), [json!("120"), json!("31.25")]);

    let second = secret(me, &cycle, "Second secret", with_metric(kpi("50", Some(&top)), &money)).await;
    check_in(me, &second, "10", "2026-02-11").await;
    let found = explained(&other, &top, "").await;
    assert_eq!(found["hidden_contributors"]["points"]["value"], "41.25");
    assert_eq!(each(&found["contributors"], "/points/value"), [json!("120")]);
    assert_eq!(found["goal"]["value"], "161.25");
    assert!(!found.to_string().contains("ecret"), "{found}");
    // The day before a single one had data: the sum would be its own.
    let before = explained(&other, &top, "as_of=2026-02-10").await;
    assert_eq!(before["goal"]["value"], "151.25");
    assert_eq!(before["hidden_contributors"]["points"], Value::Null);
}

#[actix_web::test]
async fn where_nothing_that_counts_is_seen_it_stays_open_how_much_is_hidden() {
    let app = TestApp::new().await;
    let (company, cycle, me) = (app.company().await, app.quarter().await, &app.owner);
    let team = app.unit("team", "Other team", &company).await;
    let other = app.member("Other Person", &team, json!({})).await;
    let top = json!({ "kind": "objective", "scope": "company", "visibility": "public" });
    let top = goal(me, &cycle, "Top", top).await;
    let mut seen = Vec::new();
    for title in ["Secret one", "Secret two"] {
        let id = secret(me, &cycle, title, kpi("10", Some(&top))).await;
        check_in(me, &id, "4", "2026-02-10").await;
        let mut found = explained(&other, &top, "").await;
        found["goal"]["version"] = json!(0);
        seen.push(found);
    }
    assert_eq!(seen[0], seen[1], "one or two: the answer is the same");
    secret(me, &cycle, "Secret draft", json!({ "kind": "objective", "parent_id": top })).await;
    assert_eq!(explained(&other, &top, "").await["left_out"], json!([]), "what is hidden is not left out by name");
    other.get(&format!("/goals/{}/explain", uuid::Uuid::now_v7())).await.problem(404, "not_found");
}
