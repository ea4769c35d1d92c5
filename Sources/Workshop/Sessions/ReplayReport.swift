import Scenario

/// What became of replayed sessions, for people (text), for test runners (TAP 13) and for CI servers (JUnit XML).
///
/// Names and reasons come from files: nothing in the reports acts on a terminal.
public struct ReplayReport: Sendable {
    public struct Session: Sendable {
        /// The file's path, as given.
        public var file: String
        public var checks: [SessionReplay.Check]
        /// Why it could not be replayed at all.
        public var error: String?

        /// A session that cannot be used.
        public init(file: String, error: String) {
            self.init(file: file, checks: [])
            self.error = Self.harmless(error)
        }

        public init(file: String, checks: [SessionReplay.Check]) {
            self.file = SafeText.line(file)
            self.checks = checks.map { check in
                SessionReplay.Check(
                    line: check.line, name: SafeText.line(check.name), failure: check.failure.map(Self.harmless),
                    file: check.file.map(SafeText.line))
            }
        }

        private static func harmless(_ text: String) -> String {
            ReplayReport.lines(text).map(SafeText.line).joined(separator: "\n")
        }

        /// Where a check stands.
        func place(_ check: SessionReplay.Check) -> String {
            check.line > 0 ? "\(check.file ?? file):\(check.line)" : file
        }

        public var failures: [SessionReplay.Check] { checks.filter { $0.failure != nil } }
    }

    public var sessions: [Session]

    public init(sessions: [Session]) { self.sessions = sessions }

    public var isPassed: Bool { sessions.allSatisfy { $0.failures.isEmpty && $0.error == nil } }
    /// Why sessions could not be replayed.
    public var errors: [String] { sessions.compactMap(\.error) }
    private var checkCount: Int { sessions.reduce(0) { $0 + $1.checks.count } }
    private var failureCount: Int { sessions.reduce(0) { $0 + $1.failures.count } }

    /// What could be replayed; ``errors`` tells the rest.
    public var text: String {
        var lines: [String] = []
        for session in sessions where session.error == nil {
            let mark = session.failures.isEmpty ? "ok  " : "FAIL"
            lines.append("\(mark) \(session.file) (\(Counted(session.checks.count, "check")))")
            for check in session.failures {
                let place = check.line > 0 ? session.place(check) + ": " : ""
                lines.append("     \(place)\(check.name)")
                lines += Self.lines(check.failure).map { $0.isEmpty ? "" : "       \($0)" }
            }
        }
        lines.append("\(checkCount - failureCount) passed, \(failureCount) failed")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Test Anything Protocol, version 13: Perl's `prove` reads no later one, and of YAML only quoted lines.
    public var tap: String {
        var lines = ["TAP version 13", "1..\(checkCount + errors.count)"]
        var number = 0
        for session in sessions {
            // A session that cannot be used is a test that fails.
            let error = session.error.map { SessionReplay.Check(line: 0, name: Self.use, failure: $0) }
            for check in session.checks + [error].compactMap(\.self) {
                number += 1
                let name = "\(session.place(check)): \(check.name)"
                    .replacing("\\", with: "\\\\").replacing("#", with: "\\#")
                lines.append("\(check.failure == nil ? "ok" : "not ok") \(number) - \(name)")
                let reasons = Self.lines(check.failure).map(quoted)
                guard check.failure != nil, let first = reasons.first else { continue }
                lines += ["  ---", "  message: \(first)"]
                if reasons.count > 1 { lines += ["  detail:"] + reasons.dropFirst().map { "    - \($0)" } }
                lines.append("  ...")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    public var junit: String {
        let all = counts(checkCount + errors.count, failureCount, errors.count)
        var lines = ["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<testsuites \(all)>"]
        for session in sessions {
            let wrong = session.error == nil ? 0 : 1
            let own = counts(session.checks.count + wrong, session.failures.count, wrong)
            lines.append("  <testsuite name=\"\(xml(session.file))\" \(own)>")
            for check in session.checks {
                let place = check.file == nil ? "\(check.line)" : session.place(check)
                let name = check.line > 0 ? "\(place): \(check.name)" : check.name
                lines += testCase(name, of: session, check.failure.map { ("failure", $0) })
            }
            if let error = session.error { lines += testCase(Self.use, of: session, ("error", error)) }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    /// What fails where a session cannot be used.
    private static let use = "it can be replayed"

    private func counts(_ tests: Int, _ failures: Int, _ errors: Int) -> String {
        "tests=\"\(tests)\" failures=\"\(failures)\" errors=\"\(errors)\""
    }

    private func testCase(_ name: String, of session: Session, _ outcome: (tag: String, reason: String)?) -> [String] {
        let open = "    <testcase classname=\"\(xml(session.file))\" name=\"\(xml(name))\""
        guard let (tag, reason) = outcome else { return [open + "/>"] }
        let message = xml(Self.lines(reason).first ?? "")
        return [
            open + ">", "      <\(tag) message=\"\(message)\">\(xml(reason))</\(tag)>", "    </testcase>",
        ]
    }

    fileprivate static func lines(_ text: String?) -> [String] {
        (text ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private func quoted(_ line: String) -> String {
        "\"\(line.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }

    /// Escapes what XML reserves; leaves out what it forbids.
    private func xml(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || (0xFFFE...0xFFFF).contains(scalar.value): break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
