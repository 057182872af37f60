//! Hidden goals: absent everywhere, their figures count above.

use super::{check_in, draft, goal, kpi, link, node, titles};
use crate::support::{Client, TestApp};
use serde_json::{Value, json};

/// A company with a public goal on top, a restricted one under it, and a public one under that.
struct Company {
    app: TestApp,
    cycle: String,
    top: String,
    secret: String,
    leaf: String,
    /// Someone who may not see the secret.
    other: Client,
}

impl Company {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let (company, cycle) = (app.company().await, app.quarter().await);
        let team = app.unit("team", "Other team", &company).await;
        let other = app.member("Other Person", &team, json!({})).await;
        let me = &app.owner;
        let top =
            goal(me, &cycle, "Top", json!({ "kind": "objective", "scope": "company", "visibility": "public" })).await;
        let secret = json!({ "kind": "objective", "parent_id": top, "visibility": "restricted", "weight": "2" });
        let secret = goal(me, &cycle, "Secret takeover", secret).await;
        let mut body = kpi("10", Some(&secret));
        body["visibility"] = json!("public");
        let leaf = goal(me, &cycle, "Leaf", body).await;
        check_in(me, &leaf, "4", "2026-02-10").await;
        Self { app, cycle, top, secret, leaf, other }
    }
}

#[actix_web::test]
async fn a_hidden_goal_is_named_nowhere_though_its_figure_counts_above() {
    let company = Company::new().await;
    let Company { app, cycle, top, secret, leaf, other } = &company;
    assert_eq!(node(other, top).await["progress"], 0.4);
    let places = [
        format!("/cycles/{cycle}/tree?depth=9"),
        format!("/goals?cycle_id={cycle}&include_total=true"),
        "/goals".to_owned(),
        format!("/goals?ids={secret},{leaf}"),
        format!("/goals?parent_id={top}"),
        "/goals?q=takeover".to_owned(),
        format!("/goals/{top}?include=ancestors,children,check_ins"),
        format!("/goals/{leaf}?include=ancestors,children,check_ins"),
        format!("/goals/{leaf}?as_of=2026-02-12&include=ancestors"),
        format!("/goals/{leaf}/ancestors"),
        format!("/goals/{leaf}/history"),
        format!("/goals/{leaf}/activity"),
        format!("/goals/{top}/history"),
        format!("/goals/{top}/activity"),
        format!("/goals/{leaf}/trend"),
        format!("/me/goals?cycle_id={cycle}&as_of=2026-02-12"),
        format!("/units/{}/goals?as_of=2026-02-12", app.company().await),
        format!("/me/goals?cycle_id={cycle}"),
        format!("/units/{}/goals?cycle_id={cycle}", app.company().await),
        "/lookup?q=secret".to_owned(),
    ];
    for place in places {
        let answer = other.get(&place).await;
        assert_eq!(answer.status.as_u16(), 200, "{place}: {}", answer.text);
        let title = answer.text.contains("Secret takeover");
        assert!(!title && !answer.body.to_string().contains(secret.as_str()), "{place} names it: {}", answer.text);
    }
    for place in ["", "/ancestors", "/permissions", "/history", "/activity", "/trend"] {
        other.get(&format!("/goals/{secret}{place}")).await.problem(404, "not_found");
    }
    other.get(&format!("/cycles/{cycle}/tree?root_id={secret}")).await.problem(404, "not_found");
    let mine = app.owner.get(&format!("/goals/{leaf}/ancestors")).await.ok();
    assert_eq!(titles(&mine["items"]), ["Secret takeover", "Top"]);
}

#[actix_web::test]
async fn what_is_under_a_hidden_goal_hangs_on_the_nearest_one_above_that_is_seen() {
    let company = Company::new().await;
    let Company { app, cycle, top, leaf, other, .. } = &company;
    let tree = other.get(&format!("/cycles/{cycle}/tree")).await.ok();
    assert_eq!(titles(&tree["nodes"]), ["Top", "Leaf"]);
    let seen = &tree["nodes"][1];
    assert_eq!((&seen["parent_id"], &seen["through_hidden"], &seen["depth"]), (&json!(top), &json!(true), &json!(1)));
    assert_eq!(seen["weight"], Value::Null, "the weight is that of a link to what is hidden");
    assert_eq!(tree["nodes"][0]["child_count"], 1);
    assert_eq!(tree["links"], json!([]));
    let whole = node(&app.owner, leaf).await;
    assert_eq!((&whole["through_hidden"], &whole["depth"]), (&json!(false), &json!(2)));
    let total = other.get(&format!("/goals?cycle_id={cycle}&include_total=true")).await.ok();
    assert_eq!(total["total"], 2);
}

#[actix_web::test]
async fn who_takes_part_sees_it_from_then_on() {
    let company = Company::new().await;
    let Company { app, secret, other, .. } = &company;
    let watchers = json!({ "watchers": [other.person] });
    app.owner.patch(&format!("/goals/{secret}"), &watchers).await.ok();
    let seen = node(other, secret).await;
    assert_eq!(seen["can"], json!(["see", "view_history", "comment", "link"]));
    let yesterday = other.get(&format!("/goals/{secret}?as_of=2026-02-13")).await.ok();
    assert_eq!(yesterday["watchers"], json!([]), "the past is as it was; who may see it is decided today");
}

#[actix_web::test]
async fn a_draft_cycles_goals_are_there_for_hr_alone() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let other = app.member("Other Person", &company, json!({})).await;
    let body = json!({ "kind": "custom", "name": "Kế hoạch", "starts_on": "2026-04-01", "ends_on": "2026-06-30" });
    let cycle = app.owner.post("/cycles", &body).await.id();
    let goal = draft(&app.owner, &cycle, "Ahead", json!({ "kind": "objective", "visibility": "public" })).await;
    other.get(&format!("/goals/{goal}")).await.problem(404, "not_found");
    other.get(&format!("/cycles/{cycle}/tree")).await.problem(404, "not_found");
    other.get(&format!("/goals?cycle_id={cycle}")).await.problem(404, "not_found");
    assert_eq!(other.get("/goals").await.ok()["items"], json!([]));
    assert_eq!(other.get("/lookup?q=ahead").await.ok()["items"], json!([]));
    assert_eq!(titles(&app.owner.get("/goals").await.ok()["items"]), ["Ahead"]);
}

#[actix_web::test]
async fn an_internal_goal_is_seen_in_its_unit_and_below_and_by_the_lead_line() {
    let app = TestApp::new().await;
    let (company, cycle) = (app.company().await, app.quarter().await);
    let sales = app.unit("department", "Sales", &company).await;
    let team = app.unit("team", "Sales team", &sales).await;
    let other = app.unit("department", "Other", &company).await;
    let below = app.member("Below Person", &team, json!({})).await;
    let outside = app.member("Outside Person", &other, json!({})).await;
    let lead = app.member("Lead Person", &company, json!({})).await;
    app.join(&lead, &sales, "lead").await;
    let body = json!({ "kind": "objective", "scope": "department", "unit_id": sales, "visibility": "internal" });
    let id = goal(&app.owner, &cycle, "Inside", body).await;
    let beside = goal(&app.owner, &cycle, "Beside", json!({ "kind": "objective", "visibility": "public" })).await;
    link(&app.owner, &id, &beside, "1").await;
    for (client, sees) in [(&below, true), (&lead, true), (&outside, false)] {
        assert_eq!(client.get(&format!("/goals/{id}")).await.status.as_u16() == 200, sees);
        let linked = client.get(&format!("/goals/{beside}")).await.ok();
        assert_eq!(linked["links_down"].as_array().map(Vec::len), Some(usize::from(sees)));
    }
}
