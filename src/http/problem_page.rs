//! The page that a problem's `type` points at.

use crate::domain::words::Locale;
use crate::error::Code;
use actix_web::HttpResponse;
use std::fmt::Write;

/// Every problem with its status and sentences, in English and Vietnamese.
pub async fn problem_page() -> HttpResponse {
    let mut page = String::from(
        "<!doctype html><html lang=en><meta charset=utf-8><title>goaltree: problems</title>\
         <style>body{font:16px/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}code{font-size:1rem}\
         section{margin-bottom:1.5rem}</style><h1>Problems</h1>",
    );
    for code in Code::ALL {
        let (en, vi) = (code.text(Locale::En), code.text(Locale::Vi));
        // Writing to a String can't fail; the texts are our own and hold no markup but `<` and `&`.
        let _ = write!(
            page,
            "<section id={0}><h2><code>{0}</code> · {1}</h2><p>{2}<br>{3}</p><p lang=vi>{4}<br>{5}</p></section>",
            code.as_str(),
            code.status(),
            escaped(en.title),
            escaped(en.detail),
            escaped(vi.title),
            escaped(vi.detail),
        );
    }
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
