//! Who sees what is measured, and who may record it.

use super::{Sellers, each};
use crate::support::Client;
use serde_json::json;

#[actix_web::test]
async fn everyone_sees_their_own_leads_their_line_and_hr_all() {
    let team = Sellers::new().await;
    let department = team.app.member("Đầu Phòng", &team.sales, json!({})).await;
    team.app.join(&department, &team.sales, "lead").await;
    let hr = team.app.member("Nhân Sự", &team.south, json!({ "role": "admin" })).await;
    let made = team.record(&team.deal("an", "1", "2026-02-01")).await;
    let mut binhs = team.deal("binh", "1", "2026-02-01");
    binhs["person_id"] = json!(team.binh.person);
    team.record(&binhs).await;
    for (unit, name) in [(&team.north, "north"), (&team.south, "south"), (&team.sales, "sales")] {
        let body = json!({
            "metric": "leads", "unit_id": unit, "date": "2026-02-01", "value": "1", "source": "web", "external_id": name,
        });
        team.record(&body).await;
    }
    let sees = async |who: &Client| {
        let page = who.get("/measurements?include_total=true").await.ok();
        let mut names = each(page["items"].as_array().unwrap(), "external_id");
        names.sort();
        assert_eq!(page["total"], names.len(), "what is not seen is not counted");
        names
    };
    assert_eq!(sees(&team.an).await, ["an", "north", "sales"]);
    assert_eq!(sees(&team.binh).await, ["binh", "sales", "south"]);
    assert_eq!(sees(&team.lead).await, ["an", "north", "sales"]);
    assert_eq!(sees(&department).await, ["an", "binh", "north", "sales", "south"]);
    assert_eq!(sees(&hr).await, ["an", "binh", "north", "sales", "south"]);
    assert!(team.binh.all(&format!("/measurements?person_id={}", team.an.person)).await.is_empty());
    let path = format!("/measurements/{}", made["id"].as_str().unwrap());
    for hidden in [path.clone(), format!("{path}/history")] {
        team.binh.get(&hidden).await.problem(404, "not_found");
        team.an.get(&hidden).await.ok();
    }
    team.binh.patch(&path, &json!({ "value": "2" })).await.problem(404, "not_found");
    team.binh.delete(&path).await.problem(404, "not_found");
    team.an.patch(&path, &json!({ "value": "2" })).await.problem(403, "forbidden");
    team.an.delete(&path).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn a_supervisor_sees_units_and_not_people() {
    let team = Sellers::new().await;
    let watcher = team.app.member("Giám Sát", &team.south, json!({})).await;
    team.app.join(&watcher, &team.north, "supervisor").await;
    team.record(&team.deal("an", "1", "2026-02-01")).await;
    let body = json!({ "metric": "leads", "unit_id": team.north, "date": "2026-02-01", "value": "1", "source": "web" });
    team.record(&body).await;
    let seen = watcher.all("/measurements").await;
    assert_eq!((seen.len(), &seen[0]["metric"]["code"]), (1, &json!("leads")));
    watcher.post("/measurements", &body).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn leads_record_for_their_line_and_nobody_for_themself() {
    let team = Sellers::new().await;
    let own = |who: &Client| {
        let mut body = team.deal("own", "1", "2026-02-01");
        body["person_id"] = json!(who.person);
        body
    };
    team.an.post("/measurements", &own(&team.an)).await.problem(403, "forbidden");
    team.lead.post("/measurements", &own(&team.lead)).await.problem(403, "forbidden");
    team.lead.post("/measurements", &own(&team.binh)).await.problem(403, "forbidden");
    team.lead.post("/measurements", &own(&team.an)).await.status(201);
    let unit =
        |unit: &str| json!({ "metric": "leads", "unit_id": unit, "date": "2026-02-01", "value": "1", "source": "web" });
    team.lead.post("/measurements", &unit(&team.north)).await.status(201);
    team.lead.post("/measurements", &unit(&team.sales)).await.problem(403, "forbidden");
    let replaced = team.app.owner.post("/measurements", &own(&team.app.owner)).await.status(200);
    assert_eq!(replaced["person"]["id"], json!(team.app.owner.person), "HR records for everyone");
    let viewer = team.app.member("Xem", &team.north, json!({ "role": "viewer" })).await;
    team.app.join(&viewer, &team.north, "lead").await;
    viewer.post("/measurements", &own(&team.an)).await.problem(403, "forbidden");
    let empty = json!({ "items": [own(&team.an)] });
    viewer.post("/measurements", &empty).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn whom_one_may_not_know_by_code_is_not_found_by_it() {
    let team = Sellers::new().await;
    let mut body = team.deal("x", "1", "2026-02-01");
    body.as_object_mut().unwrap().remove("person_id");
    for (field, value) in [("employee_code", "NV-2"), ("employee_code", "NV-404"), ("email", "tran.binh@example.com")] {
        let mut body = body.clone();
        body[field] = json!(value);
        let faults = team.lead.post("/measurements", &body).await.faults();
        assert_eq!(faults, [format!("/{field} no_such_reference")], "{value}: as if there were nobody");
    }
}

#[actix_web::test]
async fn a_history_tells_nothing_of_people_whom_its_reader_may_not_see() {
    let team = Sellers::new().await;
    let mut body = team.deal("x", "7", "2026-02-01");
    body["person_id"] = json!(team.binh.person);
    let made = team.record(&body).await;
    let path = format!("/measurements/{}", made["id"].as_str().unwrap());
    team.app.owner.patch(&path, &json!({ "person_id": team.an.person, "value": "8" })).await.ok();
    let told = team.an.all(&format!("{path}/history")).await;
    assert_eq!(each(&told, "value"), ["8"]);
    assert_eq!(each(&team.app.owner.all(&format!("{path}/history")).await, "value"), ["8", "7"]);
}
