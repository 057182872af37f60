//! Lines of CSV (RFC 4180) that a spreadsheet opens as it is: UTF-8 with a mark at the beginning, and no cell that is
//! taken for a formula.

/// What tells a spreadsheet that a file is UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// A line of cells.
pub(super) fn line<'c>(cells: impl IntoIterator<Item = &'c str>) -> String {
    let mut line: String = cells.into_iter().map(cell).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A cell. Whatever a spreadsheet would compute begins with a `'`: people write names and notes, others open the file.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_write_becomes_a_formula_or_another_cell() {
        assert_eq!(line(["a", "say \"hi\", bye", ""]), "\"a\",\"say \"\"hi\"\", bye\",\"\"\r\n");
        for evil in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            assert_eq!(line([evil]), format!("\"'{evil}\"\r\n"));
        }
    }
}
