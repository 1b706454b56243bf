#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| hexapla_fuzz::targets::run("xliff2", bytes));
