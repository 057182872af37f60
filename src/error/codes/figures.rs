//! Of figures.

macro_rules! figures {
    ([$next:ident $($then:ident)*] $($before:tt)*) => {
        $next! { [$($then)*] $($before)*
            // Figures.
            TooManyPoints "too_many_points" 422 {
                "Too many points": "At most {most} points fit; take a longer interval or fewer days.",
                "Quá nhiều điểm": "Tối đa {most} điểm; hãy chọn khoảng dài hơn hoặc ít ngày hơn." }
        }
    };
}
