//! A language's lexicon, compiled; and the currencies of the world.

use super::lexicon::Lexicon;
use super::matcher::Matcher;

/// A lexicon, and what finds it in a text.
#[derive(Debug)]
pub struct Words {
    /// As the file states it.
    pub lexicon: Lexicon,
    /// Ready to be found.
    pub matcher: Matcher,
}

impl Words {
    /// Compiles a lexicon.
    pub fn new(lexicon: Lexicon) -> Self {
        Words { matcher: Matcher::new(&lexicon), lexicon }
    }
}

/// The ISO 4217 codes in force, without those that are words written in capitals (`ALL`, `TOP`) and
/// those of metals and funds.
const CURRENCIES: &str = "AED AFN AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT \
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK \
SGD SHP SLE SOS SRD SSP SVC SYP SZL THB TJS TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER \
ZAR ZMW ";

/// Codes that are also words, names or other abbreviations: alone they name no currency.
const AMBIGUOUS: &str = "AMD BAM BOB CAD COP CUP ERN GEL LAK MAD PEN SAR SOS TRY ";

/// Whether the code of a currency is likely to be something else where no amount is near.
pub fn is_ambiguous_currency(code: &[u8; 3]) -> bool {
    holds(AMBIGUOUS, code)
}

/// Whether three letters are the code of a currency.
pub fn is_currency(code: &[u8; 3]) -> bool {
    holds(CURRENCIES, code)
}

/// Whether a list of codes in alphabetical order, a space between, holds `code`.
fn holds(codes: &str, code: &[u8; 3]) -> bool {
    let (codes, _) = codes.as_bytes().as_chunks::<4>();
    codes.binary_search_by(|it| it[..3].cmp(code)).is_ok()
}
