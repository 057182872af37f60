//! What a word is: an enumeration with texts and labels, and the macro that makes them.

use super::words::Locale;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};

/// A word's value as `GET /meta` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The text in JSON, URLs and the database.
    pub value: &'static str,
    /// The label in English.
    pub en: &'static str,
    /// The label in Vietnamese.
    pub vi: &'static str,
}

/// An enumeration that is stored and sent as text.
pub trait Word: Copy + Sized + 'static {
    /// The word's name in `GET /meta`.
    const NAME: &'static str;
    /// Every value in its order, with its labels.
    const LABELS: &'static [Label];
    /// The text of this value.
    fn as_str(self) -> &'static str;
    /// The value of a text, if there is one.
    fn parse(text: &str) -> Option<Self>;

    /// What people read.
    fn label(self, locale: Locale) -> &'static str {
        let found = Self::LABELS.iter().find(|label| label.value == self.as_str());
        found.map_or(self.as_str(), |label| match locale {
            Locale::En => label.en,
            Locale::Vi => label.vi,
        })
    }
}

/// A word in the OpenAPI document: its values, each with its English label.
pub(super) fn schema_of<W: Word>() -> RefOr<Schema> {
    let meanings: Vec<_> = W::LABELS.iter().map(|label| format!("`{}` {}", label.value, label.en)).collect();
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(W::LABELS.iter().map(|label| label.value)))
        .description(Some(meanings.join(", ")))
        .into()
}

/// Defines a list of words, and the macro by the name that comes first.
macro_rules! words {
    ($for_each:ident $($(#[$doc:meta])* $name:ident = $word:literal {
        $($(#[$variant_doc:meta])* $variant:ident = $text:literal, $en:literal, $vi:literal;)+
    })*) => {$(
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            serde::Serialize, serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)+
        }

        impl Word for $name {
            const NAME: &'static str = $word;
            const LABELS: &'static [Label] = &[$(Label { value: $text, en: $en, vi: $vi },)+];

            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }

            fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        // Written out: the derive does not read a name that a macro hands on.
        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                schema_of::<Self>()
            }
        }
        impl utoipa::ToSchema for $name {}

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, String> {
                let one_of = || Self::LABELS.iter().map(|label| label.value).collect::<Vec<_>>().join(", ");
                Self::parse(text).ok_or_else(|| format!("`{text}` is none of {}", one_of()))
            }
        }
    )*

    /// Every word of this list.
    pub(super) const ALL: &[(&str, &[Label])] = &[$(($word, $name::LABELS),)*];

    /// Hands every word to a macro that implements something for each.
    macro_rules! $for_each {
        ($with:ident) => { $with! { $($name)* } };
    }
    pub(crate) use $for_each;
    };
}
