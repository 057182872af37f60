//! What changed, field by field, in the caller's language.

use crate::domain::words::Locale;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// A field that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldChange {
    /// The field, by its name in the API.
    pub field: String,
    /// The field, as people of the caller's language call it.
    pub label: String,
    /// What it said, in the shape that the field has; null where it said nothing.
    pub before: Value,
    /// What it says since.
    pub after: Value,
}

/// The fields that differ between two states, by name; of what is not there every field says nothing.
pub(super) fn changes(before: Option<&Value>, after: Option<&Value>, locale: Locale) -> Vec<FieldChange> {
    let nothing = Map::new();
    let before = before.and_then(Value::as_object).unwrap_or(&nothing);
    let after = after.and_then(Value::as_object).unwrap_or(&nothing);
    let said = |fields: &Map<String, Value>, name: &str| fields.get(name).cloned().unwrap_or_default();
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let change = |name: &String| FieldChange {
        field: name.clone(),
        label: label(name, locale).to_owned(),
        before: said(before, name),
        after: said(after, name),
    };
    let differs =
        |change: &FieldChange| change.before != change.after && !(is_empty(&change.before) && is_empty(&change.after));
    names.into_iter().map(change).filter(differs).collect()
}

/// Whether a field says nothing: null, or an empty list.
fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// What a field is called; its own name where it has no other.
fn label(field: &str, locale: Locale) -> &str {
    let found = LABELS.iter().find(|(name, _, _)| *name == field);
    found.map_or(field, |(_, en, vi)| match locale {
        Locale::En => en,
        Locale::Vi => vi,
    })
}

/// The fields of goals, links and check-ins in English and Vietnamese.
const LABELS: [(&str, &str, &str); 37] = [
    ("kind", "Kind", "Loại"),
    ("scope", "Scope", "Phạm vi"),
    ("unit_id", "Unit", "Đơn vị"),
    ("owner_id", "Owner", "Người phụ trách"),
    ("title", "Title", "Tên"),
    ("description", "Description", "Mô tả"),
    ("source", "Source", "Nguồn kết quả"),
    ("direction", "Direction", "Chiều"),
    ("metric_id", "Metric", "Chỉ số"),
    ("start", "Start", "Giá trị đầu"),
    ("target", "Target", "Chỉ tiêu"),
    ("floor", "Floor", "Sàn"),
    ("ceiling", "Ceiling", "Trần"),
    ("lo", "Lower bound", "Cận dưới"),
    ("hi", "Upper bound", "Cận trên"),
    ("tolerance", "Tolerance", "Dung sai"),
    ("steps", "Steps", "Các bước"),
    ("target_plan", "Target plan", "Kế hoạch chỉ tiêu"),
    ("window", "Days", "Thời gian"),
    ("visibility", "Visibility", "Quyền xem"),
    ("commitment", "Commitment", "Mức cam kết"),
    ("review_weight", "Review weight", "Trọng số đánh giá"),
    ("state", "State", "Trạng thái"),
    ("completed_on", "Completed on", "Ngày hoàn thành"),
    ("contributors", "Contributors", "Người đóng góp"),
    ("followers", "Followers", "Người theo dõi"),
    ("watchers", "Watchers", "Người quan sát"),
    ("weight", "Weight", "Trọng số"),
    ("primary", "Primary link", "Liên kết chính"),
    ("value", "Value", "Giá trị"),
    ("increment", "Increment", "Phần tăng thêm"),
    ("completed_steps", "Completed steps", "Các bước đã xong"),
    ("effective_date", "Day", "Ngày"),
    ("confidence", "Confidence", "Mức tự tin"),
    ("note", "Note", "Ghi chú"),
    ("blockers", "Blockers", "Vướng mắc"),
    ("next_steps", "Next steps", "Bước tiếp theo"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_differs_is_told_and_nothing_to_nothing_is_no_change() {
        let (before, after) = (json!({ "target": "1", "steps": [], "lo": null }), json!({ "target": "2", "hi": null }));
        let told = changes(Some(&before), Some(&after), Locale::Vi);
        let one =
            FieldChange { field: "target".into(), label: "Chỉ tiêu".into(), before: json!("1"), after: json!("2") };
        assert_eq!(told, std::slice::from_ref(&one));
        let made = changes(None, Some(&json!({ "target": "2", "watchers": [] })), Locale::Vi);
        assert_eq!(made, [FieldChange { before: Value::Null, ..one }]);
    }
}
