//! Who sees which figures: nobody what a single colleague reached, unless the organization shows it to all.

use super::world::{World, each, ranked};
use crate::support::Client;
use serde_json::json;

const HELD_BACK: &str = "Held back: it would show the figures of a single person, which you may not see";

async fn measured() -> World {
    let world = World::new().await;
    world
        .measured(&[
            ("deals_won", &world.an, "2026-01-10", "3"),
            ("deals_won", &world.binh, "2026-02-10", "5"),
            ("deals_won", &world.chi, "2026-01-10", "1"),
        ])
        .await;
    world
}

#[actix_web::test]
async fn a_unit_is_seen_by_those_in_it_and_below_those_above_who_lead_or_supervise_and_hr() {
    let world = measured().await;
    let path = format!("/metrics/{}/series?unit_id={}", world.won, world.north);
    for reader in [&world.app.owner, &world.head, &world.lead, &world.an] {
        reader.get(&path).await.ok();
    }
    for reader in [&world.chi, &world.dung] {
        reader.get(&path).await.problem(404, "not_found");
    }
    world.app.join(&world.dung, &world.sales, "supervisor").await;
    world.dung.get(&path).await.ok();
    world.chi.get(&format!("/metrics/{}/series?unit_id={}", world.won, world.sales)).await.ok();
    let nowhere = format!("/metrics/{}/series?unit_id={}", world.won, world.won);
    world.app.owner.get(&nowhere).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_persons_figures_are_for_themself_their_lead_line_and_hr_unless_they_are_for_all() {
    let world = measured().await;
    let path = format!("/metrics/{}/series?person_id={}", world.won, world.an.person);
    for reader in [&world.app.owner, &world.head, &world.lead, &world.an] {
        assert_eq!(reader.get(&path).await.ok()["total"]["value"], "3");
    }
    world.binh.get(&path).await.problem(404, "not_found");
    world.rank_for("all").await;
    assert_eq!(world.binh.get(&path).await.ok()["total"]["value"], "3");
    world.rank_for("none").await;
    world.binh.get(&path).await.problem(404, "not_found");
    assert_eq!(world.lead.get(&path).await.ok()["total"]["value"], "3");
}

#[actix_web::test]
async fn people_are_ranked_for_leads_for_all_or_for_nobody_as_the_organization_says() {
    let world = measured().await;
    let ranking = async |reader: &Client, unit: &str| {
        reader.get(&format!("/metrics/{}/series?unit_id={unit}&group_by=person", world.won)).await
    };
    let (an, binh) = ("Nguyễn Văn An", "Trần Văn Bình");
    let both = json!([[1, binh, "5"], [2, an, "3"]]);
    assert_eq!(world.app.owner.get("/organization").await.ok()["ranking_visibility"], "leads");
    for reader in [&world.app.owner, &world.head, &world.lead] {
        assert_eq!(ranked(&ranking(reader, &world.north).await.ok()), both);
    }
    ranking(&world.an, &world.north).await.problem(403, "ranking_hidden");
    ranking(&world.lead, &world.sales).await.problem(403, "ranking_hidden");
    ranking(&world.dung, &world.north).await.problem(404, "not_found");
    world.rank_for("all").await;
    assert_eq!(ranked(&ranking(&world.an, &world.north).await.ok()), both);
    world.rank_for("none").await;
    for reader in [&world.app.owner, &world.lead, &world.an] {
        ranking(reader, &world.north).await.problem(403, "ranking_hidden");
    }
}

#[actix_web::test]
async fn the_organization_chooses_who_sees_rankings_in_words_that_it_knows() {
    let world = World::new().await;
    let chosen = json!({ "ranking_visibility": "everyone" });
    assert_eq!(world.app.owner.patch("/organization", &chosen).await.faults(), ["/ranking_visibility wrong_type"]);
    let chosen = json!({ "ranking_visibility": "none" });
    world.head.patch("/organization", &chosen).await.problem(403, "forbidden");
    assert_eq!(world.app.owner.patch("/organization", &chosen).await.ok()["ranking_visibility"], "none");
}

#[actix_web::test]
async fn a_point_that_stands_for_one_colleague_is_held_back_and_with_it_what_would_tell_it() {
    let world = measured().await;
    let north = format!("unit_id={}", world.north);
    let own = world.series(&world.an, &world.won, &north).await;
    assert_eq!(each(&own, "value"), json!([null, null]), "An's own months less the total are Bình's");
    assert_eq!(own["points"][1]["reason"], HELD_BACK);
    assert_eq!(json!([own["total"]["value"], own["total"]["reason"]]), json!([null, HELD_BACK]));
    assert_eq!(each(&own, "measurements"), json!([null, null]));
    let seen = world.series(&world.lead, &world.won, &north).await;
    assert_eq!(json!([each(&seen, "value"), seen["total"]["value"]]), json!([["3", "5"], "8"]));
    let company = world.series(&world.dung, &world.won, "").await;
    assert_eq!(company["total"]["value"], "9", "three people hide each other");
    assert_eq!(each(&company, "value"), json!([null, null]), "but February is Bình's alone");
    world.measured(&[("deals_won", &world.chi, "2026-02-10", "2")]).await;
    assert_eq!(each(&world.series(&world.dung, &world.won, "").await, "value"), json!(["4", "7"]));
}

#[actix_web::test]
async fn units_that_one_may_not_see_are_absent_and_a_part_of_one_person_is_held_back() {
    let world = measured().await;
    world.measured(&[("deals_won", &world.chi, "2026-02-11", "1")]).await;
    let query = format!("unit_id={}&group_by=unit", world.sales);
    let seen = world.series(&world.head, &world.won, &query).await;
    assert_eq!(ranked(&seen), json!([[1, "Nhóm miền Bắc", "8"], [2, "Nhóm miền Nam", "2"]]));
    let own = world.series(&world.chi, &world.won, &query).await;
    assert_eq!(ranked(&own), json!([[1, "Nhóm miền Nam", "2"]]), "the northern team is not hers to see");
    let an = world.series(&world.an, &world.won, &query).await;
    assert_eq!(ranked(&an), json!([[null, "Nhóm miền Bắc", null]]), "Bình's, less his own");
    assert_eq!(an["groups"][0]["total"]["reason"], HELD_BACK);
    world.app.join(&world.dung, &world.sales, "supervisor").await;
    let supervisor = world.series(&world.dung, &world.won, &query).await;
    assert_eq!(
        ranked(&supervisor),
        json!([[null, "Nhóm miền Bắc", null], [null, "Nhóm miền Nam", null]]),
        "the southern team is Chi alone: the northern one beside the total would tell it"
    );
    assert_eq!(supervisor["total"]["value"], "10");
}

#[actix_web::test]
async fn a_dimensions_value_that_one_person_sold_is_held_back() {
    let world = World::new().await;
    let sold = |person: &Client, product: &str| {
        json!({
            "metric": "deals_won", "person_id": person.person, "date": "2026-01-10", "value": "1", "source": "crm",
            "dimensions": { "product": product },
        })
    };
    let (an, binh, chi) = (&world.an, &world.binh, &world.chi);
    world.record(vec![sold(an, "a"), sold(binh, "a"), sold(chi, "a"), sold(an, "b"), sold(binh, "c")]).await;
    let drawn = world.series(&world.dung, &world.won, "group_by=dimension:product").await;
    assert_eq!(ranked(&drawn), json!([[1, "a", "3"], [null, "b", null], [null, "c", null]]));
    let whole =
        world.series(&world.head, &world.won, &format!("unit_id={}&group_by=dimension:product", world.sales)).await;
    assert_eq!(ranked(&whole), json!([[1, "a", "3"], [2, "b", "1"], [2, "c", "1"]]));
}

#[actix_web::test]
async fn another_organizations_metrics_and_people_are_not_there() {
    let app = crate::support::TestApp::configured(&["--sign-up", "true"]).await;
    let body = super::world::sums(json!({}));
    let metric = super::world::metric(&app, "deals_won", body).await;
    let founded = json!({
        "organization_name": "Công ty Khác", "time_zone": "Asia/Ho_Chi_Minh", "locale": "vi",
        "email": "khac@example.com", "password": crate::support::PASSWORD, "display_name": "Chủ Khác",
    });
    let made = app.anonymous().post("/organizations", &founded).await.ok();
    let other = Client::signed_in(&app.url, "khac@example.com", &made);
    other.get(&format!("/metrics/{metric}/series")).await.problem(404, "not_found");
    let own = super::world::metric(&app.beside(other.clone()), "deals_won", super::world::sums(json!({}))).await;
    let theirs = app.company().await;
    other.get(&format!("/metrics/{own}/series?unit_id={theirs}")).await.problem(404, "not_found");
    let owner = &app.owner.person;
    other.get(&format!("/metrics/{own}/series?person_id={owner}")).await.problem(404, "not_found");
}
