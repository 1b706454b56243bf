//! The `hexapla` command.

fn main() -> std::process::ExitCode {
    hexapla::cli::main()
}
