import Scenario

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Results go to stdout, words about them to stderr.
enum Output {
    /// A result that cannot be written ends the program with status 1, so that nobody takes half of it for all.
    static func result(_ text: String, terminator: String = "\n") {
        guard let reason = write(text + terminator, to: STDOUT_FILENO) else { return }
        error("The result could not be written: \(reason).")
        exit(1)
    }

    /// How long a line of a result may be: what `COLUMNS` says, or the terminal; 80 where it goes elsewhere.
    static var columns: Int {
        if let text = getenv("COLUMNS"), let columns = Int(String(cString: text)), columns > 0 { return columns }
        return columns(of: STDOUT_FILENO)
    }

    /// How long a line may be that is drawn over itself: one column is left, so that the cursor stays in the line.
    static var progressColumns: Int { max(1, columns(of: STDERR_FILENO) - 1) }

    private static func columns(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Words may quote what people typed or what files say: nothing in them acts on a terminal.
    static func error(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText.line(String($0)) }
        _ = write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
    }

    /// Words on a terminal that the next ones are written over.
    static func passing(_ text: String) { _ = write("\r\(SafeText.line(text))\r", to: STDERR_FILENO) }

    /// How far something is, drawn over itself: only where stderr is a terminal.
    static func progress(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Returns why it failed. A reader that went away, or that nobody wanted (`>&-`), is no failure.
    private static func write(_ text: String, to descriptor: Int32) -> String? {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { platformWrite(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            if written <= 0 { return [EPIPE, EBADF].contains(errno) ? nil : String(cString: strerror(errno)) }
            bytes = bytes.dropFirst(written)
        }
        return nil
    }
}

private func platformWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
