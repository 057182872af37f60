//! Text as people search for it.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds case and accents away: `Mục tiêu` and `muc tieu` fold to the same text, `Đ` to `d`.
pub fn fold(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Whether a text is an email address as far as its form says: one `@` between a name and a host with a dot.
pub fn is_email(text: &str) -> bool {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>(),;:\\\"".contains(c));
    let host_is_sane = |host: &str| host.contains('.') && host.split('.').all(|label| !label.is_empty());
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.contains('@') && host_is_sane(host))
}

/// Whether a text is a code: letters, digits, dots, dashes and underscores.
pub fn is_code(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || ".-_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::{fold, is_code, is_email};

    #[test]
    fn vietnamese_is_found_without_accents() {
        assert_eq!(fold("Mục tiêu Đà Nẵng"), "muc tieu da nang");
        assert_eq!(fold("NGƯỜI GIÁM SÁT"), "nguoi giam sat");
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        assert_eq!(fold("e\u{301}"), fold("\u{e9}"));
    }

    #[test]
    fn emails_and_codes_are_known_by_their_form() {
        assert!(is_email("an@example.com") && is_email("a.b+c@mail.example.vn"));
        for wrong in ["", "an", "an@", "@example.com", "an@example", "an@@example.com", "a n@example.com", "an@.com"] {
            assert!(!is_email(wrong), "{wrong}");
        }
        assert!(is_code("HN-01.a_b") && is_code("Đội1") && !is_code("") && !is_code("a b"));
    }
}
