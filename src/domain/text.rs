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

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn vietnamese_is_found_without_accents() {
        assert_eq!(fold("Mục tiêu Đà Nẵng"), "muc tieu da nang");
        assert_eq!(fold("NGƯỜI GIÁM SÁT"), "nguoi giam sat");
    }

    #[test]
    fn composed_and_decomposed_text_fold_alike() {
        assert_eq!(fold("e\u{301}"), fold("\u{e9}"));
    }
}
