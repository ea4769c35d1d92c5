import Glibc
import Synchronization
import Workshop

/// Lines of standard input, for a program that has other things to do while none comes. It sleeps until one does.
final class LineReader {
    /// Of a longer line the rest is another one.
    private static let longest = 1 << 16

    private let input: Int32
    private var pending: [UInt8] = []
    private var hasEnded = false
    private var hasToldEnd = false

    init(_ input: Int32 = STDIN_FILENO) { self.input = input }

    /// The next line within a time, or ever (`nil`); `nil` when none came. The end of the input comes once; whoever
    /// goes on after it sleeps. A signal that was asked for is the wish to leave.
    func next(within timeout: Duration?) -> LinearEvent? {
        let deadline = timeout.map { ContinuousClock.now + $0 }
        while true {
            if EndingSignal.taken != nil { return .leave }
            if let line = takeLine() { return .line(line) }
            if hasEnded, !hasToldEnd {
                hasToldEnd = true
                return .end
            }
            let rest = deadline.map { max(.zero, $0 - .now) }
            var wanted = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            let count = poll(&wanted, hasEnded ? 0 : 1, rest.map(Self.milliseconds) ?? -1)
            if count > 0 { read() }
            if count == 0, let deadline, ContinuousClock.now >= deadline { return nil }
            if count < 0, errno != EINTR { hasEnded = true }
        }
    }

    /// Rounded up, so that a short wait is no busy one.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        let rounded = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: min(seconds, 1_000_000) * 1000 + rounded)
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(input, &bytes, bytes.count)
        if count > 0 { pending += bytes[..<count] } else if count == 0 || errno != EINTR { hasEnded = true }
    }

    /// Without its end; the last line needs none.
    private func takeLine() -> String? {
        let end = pending.firstIndex(of: UInt8(ascii: "\n"))
        guard let end = end ?? (hasEnded || pending.count >= Self.longest ? pending.endIndex : nil), !pending.isEmpty
        else { return nil }
        var line = pending[..<end]
        pending.removeFirst(min(end + 1, pending.count))
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return String(decoding: line, as: UTF8.self)
    }
}

/// Ctrl-C and its like, for a session that has to tidy up before it ends.
enum EndingSignal {
    /// The first that came; 0: none.
    private static let number = Atomic<Int32>(0)

    /// From now on these signals are the wish to leave instead of the end of the process.
    static func catchAll() {
        _ = number.load(ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            _ = EndingSignal.number.compareExchange(expected: 0, desired: signal, ordering: .relaxed)
        }
        for signal in [SIGINT, SIGTERM, SIGHUP] { sigaction(signal, &action, nil) }
    }

    static var taken: Int32? {
        let signal = number.load(ordering: .relaxed)
        return signal == 0 ? nil : signal
    }
}
