//! What someone may have meant.

/// The candidate nearest to a word, if it is near enough: at most a third of its letters wrong, missing, doubled or
/// exchanged with the next one. Of equally near ones the first.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).max(1);
    let near = candidates.into_iter().map(|candidate| (distance(word, candidate), candidate));
    near.filter(|(distance, _)| *distance <= most).min_by_key(|(distance, _)| *distance).map(|(_, near)| near)
}

/// How many letters are to be changed, put in, left out or exchanged with the next one.
fn distance(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=to.len()).collect()];
    for row in 1..=from.len() {
        let mut next = vec![row];
        for column in 1..=to.len() {
            let at = |up: usize, left: usize| {
                let earlier = if up == 0 { Some(&next) } else { rows.get(rows.len() - up) };
                earlier.and_then(|row| row.get(column - left)).copied().unwrap_or(usize::MAX - 1)
            };
            let letter = |text: &[char], index: usize| text.get(index.wrapping_sub(1)).copied();
            let same = letter(&from, row) == letter(&to, column);
            let mut least = (at(1, 0) + 1).min(at(0, 1) + 1).min(at(1, 1) + usize::from(!same));
            let crossed =
                letter(&from, row) == letter(&to, column - 1) && letter(&from, row - 1) == letter(&to, column);
            if row > 1 && column > 1 && crossed {
                least = least.min(at(2, 2) + 1);
            }
            next.push(least);
        }
        rows.push(next);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{distance, nearest};

    #[test]
    fn letters_changed_left_out_doubled_or_exchanged_are_counted() {
        for (from, to, steps) in [
            ("quotes", "quotes", 0),
            ("qoutes", "quotes", 1),
            ("qutes", "quotes", 1),
            ("quottes", "quotes", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
            ("abc", "", 3),
        ] {
            assert_eq!(distance(from, to), steps, "{from} {to}");
        }
    }

    #[test]
    fn what_is_too_far_away_was_not_meant() {
        let known = ["revenue", "quotes", "won"];
        assert_eq!(nearest("revnue", known), Some("revenue"));
        assert_eq!(nearest("own", known), Some("won"));
        assert_eq!(nearest("complaints", known), None);
    }
}
