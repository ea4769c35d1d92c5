import Glibc
import Workshop

/// The file of a sweep, to which each run is added when it is made: see ``Workshop/SweepLog``.
///
/// It belongs to one program at a time.
final class SweepFile: Sendable {
    private let path: String
    private let file: Int32

    /// - Parameters:
    ///   - isResumed: whether the runs that are there count. Otherwise nothing may be there.
    ///   - summary: takes the runs that are there.
    init(_ path: String, isResumed: Bool, into summary: inout SweepSummary) throws(Failure) {
        self.path = path
        file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | (isResumed ? 0 : O_EXCL), 0o666)
        guard file >= 0 else {
            throw errno == EEXIST
                ? Failure.badInput("\(path) is there already: --resume goes on with it.") : Self.failure(path)
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            throw .badInput("\(path) is being written by another program.")
        }
        let kept = try Self.read(path, into: &summary)
        // Runs of more seeds stay. A line that was cut off, and whatever follows it, is made again.
        if summary.taken == summary.plan.runs { return }
        guard ftruncate(file, off_t(kept)) == 0, lseek(file, 0, SEEK_END) >= 0 else { throw Self.failure(path) }
        if kept == 0 { try write(SweepLog.head(summary.plan)) }
    }

    deinit { if file >= 0 { close(file) } }

    /// Adds a run.
    func add(_ run: Int, _ outcome: SweepPlan.Outcome, of plan: SweepPlan) throws(Failure) {
        try write(SweepLog.line(run, outcome, of: plan))
    }

    private func write(_ line: String) throws(Failure) {
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failure(path) }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Takes the runs of the file, line by line. Returns how many bytes are of use.
    private static func read(_ path: String, into summary: inout SweepSummary) throws(Failure) -> Int {
        guard let stream = fopen(path, "re") else { throw failure(path) }
        defer { fclose(stream) }
        var (buffer, room): (UnsafeMutablePointer<CChar>?, Int) = (nil, 0)
        defer { free(buffer) }
        var kept = 0
        while true {
            let length = getline(&buffer, &room, stream)
            guard length > 0, let buffer, buffer[length - 1] == 10 else { return kept }
            let bytes = UnsafeRawBufferPointer(start: buffer, count: length - 1)
            let line = String(decoding: bytes, as: UTF8.self)
            if kept == 0 {
                if let problem = SweepLog.problem(inHead: line, of: summary.plan) {
                    throw .badInput("\(path) is not written to: \(problem).")
                }
            } else {
                guard summary.taken < summary.plan.runs,
                    let outcome = SweepLog.outcome(line, of: summary.taken, plan: summary.plan)
                else { return kept }
                summary.add(outcome)
            }
            kept += length
        }
    }

    private static func failure(_ path: String) -> Failure {
        .badInput("\(path): \(String(cString: strerror(errno)))")
    }
}
