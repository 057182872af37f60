//! Who sees what of people, and how they are found.

use super::{items, texts};
use crate::support::TestApp;
use serde_json::{Value, json};
use std::collections::HashSet;

#[actix_web::test]
async fn a_person_is_kept_with_all_fields() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let manager = app.person("Trần Thị Quản Lý", &company, json!({})).await;
    let body = json!({
        "display_name": "  Nguyễn Thị Ánh  ", "email": "Anh.Nguyen@example.com", "employee_code": "NV-007",
        "job_title": "Chuyên viên", "unit_id": company, "manager_id": manager, "role": "viewer",
        "joined_on": "2025-03-01", "left_on": "2027-02-28", "time_zone": "Asia/Tokyo", "locale": "en",
    });
    let reply = app.owner.post("/people", &body).await;
    let location = reply.header("location").unwrap().to_owned();
    let made = reply.status(201);
    assert_eq!(app.owner.get(&location).await.ok(), made);
    assert_eq!(made["display_name"], "Nguyễn Thị Ánh");
    assert_eq!(made["unit"], json!({ "id": company, "name": "Công ty Thử Nghiệm" }));
    assert_eq!(made["manager"], json!({ "id": manager, "name": "Trần Thị Quản Lý" }));
    for field in ["email", "employee_code", "job_title", "role", "joined_on", "left_on", "time_zone", "locale"] {
        assert_eq!(made[field], body[field], "{field}");
    }
    assert_eq!((&made["active"], &made["has_account"]), (&json!(true), &json!(false)));

    let emptied = json!({ "email": null, "manager_id": null, "left_on": null, "job_title": " ", "time_zone": null });
    let after = app.owner.patch(&location, &emptied).await.ok();
    for field in ["email", "manager", "left_on", "job_title", "time_zone"] {
        assert_eq!(after[field], Value::Null, "{field}");
    }
    assert_eq!(after["employee_code"], "NV-007");
}

#[actix_web::test]
async fn every_wrong_field_of_a_person_is_named_at_once() {
    let app = TestApp::new().await;
    let nobody = uuid::Uuid::now_v7();
    let company = app.company().await;
    app.person("An", &company, json!({ "email": "an@example.com", "employee_code": "NV1" })).await;
    let wrong = json!({
        "display_name": "", "email": "AN@example.com", "employee_code": "nv1", "unit_id": nobody,
        "manager_id": nobody, "joined_on": "2026-02-01", "left_on": "2026-01-31", "time_zone": "Hue",
    });
    assert_eq!(
        app.owner.post("/people", &wrong).await.faults(),
        [
            "/display_name blank",
            "/email taken",
            "/employee_code taken",
            "/left_on dates_reversed",
            "/manager_id no_such_reference",
            "/time_zone bad_time_zone",
            "/unit_id no_such_reference",
        ]
    );
    let beyond = json!({ "display_name": "An", "joined_on": "-0001-01-01", "left_on": "+10000-01-01" });
    assert_eq!(
        app.owner.post("/people", &beyond).await.faults(),
        ["/joined_on out_of_range", "/left_on out_of_range"],
        "days before the year 1 or after 9999"
    );
    let misfits = json!({ "email": "no address", "joined_on": "yesterday", "role": "king", "salary": 5 });
    assert_eq!(
        app.owner.post("/people", &misfits).await.faults(),
        ["/display_name required", "/joined_on wrong_type", "/role wrong_type", "/salary unknown_field"]
    );
}

#[actix_web::test]
async fn colleagues_see_name_unit_and_title_while_the_lead_line_sees_all() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let team = app.unit("team", "Đội Một", &sales).await;
    let lead = app.member("Nguyễn Văn Trưởng", &sales, json!({})).await;
    app.join(&lead, &sales, "lead").await;
    let manager = app.member("Đỗ Thị Quản", &company, json!({})).await;
    let an = app.member("Nguyễn Thị An", &team, json!({ "manager_id": manager.person, "employee_code": "NV1" })).await;
    let colleague = app.member("Trần Văn Bạn", &team, json!({})).await;
    let path = format!("/people/{}", an.person);

    let seen = colleague.get(&path).await.ok();
    let fields: HashSet<&str> = seen.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(fields, HashSet::from(["id", "version", "display_name", "job_title", "unit", "memberships", "active"]));
    for whole in [&an, &manager, &lead, &app.owner] {
        assert_eq!(whole.get(&path).await.ok()["email"], "nguyen.thi.an@example.com");
    }
    let list = colleague.get("/people").await.ok();
    let with_email: Vec<_> = items(&list).iter().filter(|person| person.get("email").is_some()).collect();
    assert_eq!(with_email.len(), 1, "their own");
    colleague.patch(&path, &json!({ "job_title": "Sếp" })).await.problem(403, "forbidden");
    an.patch(&path, &json!({ "job_title": "Sếp" })).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn nobody_finds_people_by_fields_that_they_may_not_see() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let boss = app.member("Đỗ Thị Sếp", &company, json!({})).await;
    let hidden =
        json!({ "email": "bimat@example.com", "employee_code": "MAT-9", "manager_id": boss.person, "role": "viewer" });
    let id = app.person("Hồ Ẩn Danh", &company, hidden).await;
    let member = app.member("Lê Tò Mò", &company, json!({})).await;
    let finds =
        ["q=bimat".to_owned(), "q=mat-9".to_owned(), "role=viewer".to_owned(), format!("manager_id={}", boss.person)];
    for query in finds {
        let path = format!("/people?include_total=true&{query}");
        let seen = member.get(&path).await.ok();
        assert!(items(&seen).is_empty(), "{query}: {seen}");
        assert_eq!(seen["total"], 0, "{query}");
        for whole in [&boss, &app.owner] {
            assert_eq!(texts(items(&whole.get(&path).await.ok()), "id"), [id.as_str()], "{query}");
        }
    }
    assert_eq!(texts(items(&member.get("/people?q=an%20danh").await.ok()), "id"), [id.as_str()]);
    member.get("/people?sort=joined_on").await.problem(400, "not_sortable");
    app.owner.get("/people?sort=joined_on").await.ok();
}

#[actix_web::test]
async fn people_are_found_without_accents_by_unit_and_by_activity() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let team = app.unit("team", "Đội Một", &sales).await;
    app.person("Đặng Thị Ngọc", &sales, json!({})).await;
    app.person("Phạm Ngọc Ánh", &team, json!({})).await;
    let guest = app.member("Vũ Khách", &company, json!({})).await;
    app.join(&guest, &team, "member").await;
    let gone = app.person("Ngô Nghỉ Việc", &team, json!({})).await;
    app.owner.patch(&format!("/people/{gone}"), &json!({ "active": false })).await.ok();
    for (query, expected) in [
        ("q=NGOC".to_owned(), vec!["Đặng Thị Ngọc", "Phạm Ngọc Ánh"]),
        ("q=dang%20thi".to_owned(), vec!["Đặng Thị Ngọc"]),
        (format!("unit_id={sales}"), vec!["Đặng Thị Ngọc", "Phạm Ngọc Ánh", "Vũ Khách"]),
        (format!("unit_id={sales}&unit_only=true"), vec!["Đặng Thị Ngọc"]),
        (format!("unit_id={team}&active=all"), vec!["Ngô Nghỉ Việc", "Phạm Ngọc Ánh", "Vũ Khách"]),
        ("active=false".to_owned(), vec!["Ngô Nghỉ Việc"]),
        (format!("ids={gone}"), vec!["Ngô Nghỉ Việc"]),
        (format!("ids={gone}&active=true"), vec![]),
        ("role=owner".to_owned(), vec!["Trần Thị Chủ"]),
    ] {
        let page = app.owner.get(&format!("/people?{query}")).await.ok();
        assert_eq!(texts(items(&page), "display_name"), expected, "{query}");
    }
}

#[actix_web::test]
async fn paging_shows_each_of_120_people_once_in_order() {
    let app = TestApp::new().await;
    // Few names for many people, so that the order hangs on the ids as well; some without a first day.
    let names = ["Nguyễn Văn An", "Đỗ Thị Bình", "Trần Ánh", "Ân", "an"];
    let people: Vec<Value> = (0..119)
        .map(|n| {
            let joined = (n % 3 != 0).then(|| format!("2025-01-{:02}", n % 28 + 1));
            json!({ "display_name": names[n % names.len()], "joined_on": joined })
        })
        .collect();
    let made = app.owner.post("/people/batch", &json!({ "items": people })).await.ok();
    assert!(items(&made).iter().all(|item| item["status"] == 201));
    for sort in ["name", "-name", "created", "-created", "joined_on", "-joined_on"] {
        let all = app.owner.all(&format!("/people?limit=7&sort={sort}")).await;
        let distinct: HashSet<String> = texts(&all, "id").into_iter().collect();
        assert_eq!((all.len(), distinct.len()), (120, 120), "{sort}");
    }
    let folded: Vec<String> = texts(&app.owner.all("/people?limit=50").await, "display_name")
        .iter()
        .map(|name| goaltree::domain::text::fold(name))
        .collect();
    assert!(folded.is_sorted(), "{folded:?}");
    let first = app.owner.get("/people?limit=7&include_total=true").await.ok();
    assert_eq!(first["total"], 120);
    let cursor = first["next_cursor"].as_str().unwrap();
    app.owner.get(&format!("/people?limit=7&sort=-name&cursor={cursor}")).await.problem(400, "bad_cursor");
    app.owner.get("/people?limit=201").await.problem(400, "malformed_query");
}

#[actix_web::test]
async fn a_manager_is_named_or_follows_from_the_unit() {
    let app = TestApp::new().await;
    let company = app.company().await;
    let sales = app.unit("department", "Kinh doanh", &company).await;
    let team = app.unit("team", "Đội Một", &sales).await;
    let lead = app.member("Nguyễn Văn Trưởng", &sales, json!({})).await;
    app.join(&lead, &sales, "lead").await;
    app.join(&app.owner.clone(), &company, "lead").await;
    let an = app.person("Nguyễn Thị An", &team, json!({})).await;
    let reports_to = |person: Value| person["reports_to"]["name"].clone();
    let shown = app.owner.get(&format!("/people/{an}")).await.ok();
    assert_eq!(shown["manager"], Value::Null);
    assert_eq!(reports_to(shown), "Nguyễn Văn Trưởng");
    assert_eq!(reports_to(app.owner.get(&format!("/people/{}", lead.person)).await.ok()), "Trần Thị Chủ");
}
