import Scenario

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Results go to stdout, words about them to stderr.
enum Output {
    static func result(_ text: String, terminator: String = "\n") { write(text + terminator, to: STDOUT_FILENO) }

    /// Words may quote what people typed or what files say: nothing in them acts on a terminal.
    static func error(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText.line(String($0)) }
        write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
    }

    /// A reader that went away (`| head`) is no error.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { platformWrite(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            if written <= 0 { return }
            bytes = bytes.dropFirst(written)
        }
    }
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
