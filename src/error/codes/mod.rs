//! The codes: one table for the status, the title and the sentence of each, in English and Vietnamese.

use crate::domain::words::Locale;

/// What a code says in one language. `{name}` is a place that the case fills.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    /// What sort of problem it is.
    pub title: &'static str,
    /// What happened, and what would help.
    pub detail: &'static str,
}

// Each part adds its rows and hands them on to the next; `codes` at the end makes the table of them all.
#[macro_use]
mod bounds;
#[macro_use]
mod checkins;
#[macro_use]
mod cycles;
#[macro_use]
mod fields;
#[macro_use]
mod figures;
#[macro_use]
mod goals;
#[macro_use]
mod identity;
#[macro_use]
mod measurements;
#[macro_use]
mod metrics;
#[macro_use]
mod organization;
#[macro_use]
mod plans;
#[macro_use]
mod requests;
#[macro_use]
mod reviews;
#[macro_use]
mod series;

macro_rules! codes {
    ([] $($code:ident $text:literal $status:literal { $en_title:literal: $en:literal, $vi_title:literal: $vi:literal })*) => {
        /// A stable code of a problem or of a fault of one field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "each code's sentences say what it means")]
        pub enum Code {
            $($code,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// The code as clients see it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$code => $text,)*
                }
            }

            /// The HTTP status that it is answered with.
            pub const fn status(self) -> u16 {
                match self {
                    $(Self::$code => $status,)*
                }
            }

            /// What it says in a language.
            pub const fn text(self, locale: Locale) -> Text {
                match (self, locale) {
                    $(
                        (Self::$code, Locale::En) => Text { title: $en_title, detail: $en },
                        (Self::$code, Locale::Vi) => Text { title: $vi_title, detail: $vi },
                    )*
                }
            }
        }
    };
}

requests! { [bounds identity fields organization cycles metrics measurements checkins goals plans figures series reviews codes] }
