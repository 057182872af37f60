//! What figures put together from several people's may be shown to someone who may not see all of theirs: none that
//! would tell them what a single one reached.

use super::measured::Subject;

/// Whose figures, of those hidden from the reader, something is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Hidden {
    /// Nobody's.
    #[default]
    Nobody,
    /// One person's or unit's: whoever knows all else in it, knows theirs.
    One(Subject),
    /// Those of several, who hide each other.
    Several,
}

impl Hidden {
    /// Of two things together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nobody, only) | (only, Self::Nobody) => only,
            (Self::One(one), Self::One(another)) if one == another => self,
            _ => Self::Several,
        }
    }

    /// Of many things together.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        parts.into_iter().fold(Self::Nobody, Self::and)
    }

    /// Of a formula's inputs: it is known with them, so that one of a single hidden one's is told by it.
    pub fn of_formula(inputs: impl IntoIterator<Item = Self> + Clone) -> Self {
        let alone = inputs.clone().into_iter().find(|input| input.singles_out());
        alone.unwrap_or_else(|| Self::all(inputs))
    }

    /// Whether it would give a single person's figure away.
    pub const fn singles_out(self) -> bool {
        matches!(self, Self::One(_))
    }
}

/// A part of a whole, with one figure or more: each is a part of the whole's one in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whose figures each of its figures hides.
    pub hidden: Vec<Hidden>,
    /// Whether it would be shown if it hid nobody's.
    pub in_sight: bool,
}

/// Which parts of a whole are shown beside it: none with a figure that stands for a single hidden person, and none at all
/// where the others, which are the whole less what is shown, stand for one in some place.
pub fn shown(parts: &[Part]) -> Vec<bool> {
    let by_itself = |part: &Part| part.in_sight && !part.hidden.iter().any(|hidden| hidden.singles_out());
    let places = parts.iter().map(|part| part.hidden.len()).max().unwrap_or_default();
    let mut rest = vec![Hidden::Nobody; places];
    for part in parts.iter().filter(|part| !by_itself(part)) {
        for (rest, hidden) in rest.iter_mut().zip(&part.hidden) {
            *rest = rest.and(*hidden);
        }
    }
    let told_apart = rest.iter().any(|hidden| hidden.singles_out());
    parts.iter().map(|part| by_itself(part) && !told_apart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PersonId;
    use uuid::Uuid;

    const fn one(number: u128) -> Hidden {
        Hidden::One(Subject::Person(PersonId(Uuid::from_u128(number))))
    }

    fn part(hidden: &[Hidden], in_sight: bool) -> Part {
        Part { hidden: hidden.to_vec(), in_sight }
    }

    fn told(parts: &[Hidden]) -> Vec<bool> {
        shown(&parts.iter().map(|hidden| part(&[*hidden], true)).collect::<Vec<_>>())
    }

    #[test]
    fn a_figure_that_stands_for_one_hidden_person_is_held_back() {
        assert_eq!(told(&[one(1), one(2), Hidden::Several, Hidden::Nobody]), [false, false, true, true]);
    }

    #[test]
    fn where_the_rest_stands_for_one_hidden_person_nothing_is_shown_beside_the_whole() {
        assert_eq!(told(&[one(1), Hidden::Several, Hidden::Nobody]), [false; 3]);
        assert_eq!(told(&[one(1), one(1), Hidden::Several]), [false; 3]);
        let seen = part(&[Hidden::Several], true);
        assert_eq!(shown(&[part(&[one(1)], false), seen.clone()]), [false, false]);
        assert_eq!(shown(&[part(&[Hidden::Several], false), seen]), [false, true]);
    }

    #[test]
    fn a_part_is_shown_with_all_its_figures_or_none() {
        let (one_month, other_month) = ([Hidden::Several, one(1)], [one(2), Hidden::Several]);
        let both = [part(&one_month, true), part(&other_month, true), part(&[Hidden::Several; 2], true)];
        assert_eq!(shown(&both), [false, false, true]);
        assert_eq!(shown(&both[..1]), [false]);
        let alone = [part(&one_month, true), part(&[Hidden::Several; 2], true)];
        assert_eq!(shown(&alone), [false, false]);
    }

    #[test]
    fn all_is_shown_where_nobody_is_hidden() {
        assert_eq!(told(&[Hidden::Nobody, Hidden::Several]), [true, true]);
        assert!(shown(&[]).is_empty());
    }
}
