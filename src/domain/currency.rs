//! Currencies by their three letters.

/// The currencies in circulation (ISO 4217).
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD \
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD \
    HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD \
    MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR \
    RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS \
    UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

/// Whether a text names a currency: three capital letters of the list.
pub fn is_currency(text: &str) -> bool {
    text.len() == 3 && CODES.split_whitespace().any(|code| code == text)
}

#[cfg(test)]
mod tests {
    use super::is_currency;

    #[test]
    fn currencies_are_named_by_three_capital_letters() {
        assert!(is_currency("VND") && is_currency("USD"));
        assert!(!is_currency("vnd") && !is_currency("XXX") && !is_currency("") && !is_currency("D U"));
    }
}
