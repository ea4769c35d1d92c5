import Scenario

/// What became of replayed sessions, for people (text), for test runners (TAP 13) and for CI servers (JUnit XML).
///
/// Names and reasons come from files: nothing in the reports acts on a terminal.
public struct ReplayReport: Sendable {
    public struct Session: Sendable {
        /// The file's path, as given.
        public var file: String
        public var checks: [SessionReplay.Check]

        public init(file: String, checks: [SessionReplay.Check]) {
            self.file = SafeText.line(file)
            self.checks = checks.map { check in
                let lines = check.failure?.split(separator: "\n", omittingEmptySubsequences: false)
                let failure = lines?.map { SafeText.line(String($0)) }.joined(separator: "\n")
                return SessionReplay.Check(
                    line: check.line, name: SafeText.line(check.name), failure: failure,
                    file: check.file.map(SafeText.line))
            }
        }

        /// Where a check stands.
        func place(_ check: SessionReplay.Check) -> String {
            check.line > 0 ? "\(check.file ?? file):\(check.line)" : file
        }

        public var failures: [SessionReplay.Check] { checks.filter { $0.failure != nil } }
    }

    public var sessions: [Session]

    public init(sessions: [Session]) { self.sessions = sessions }

    public var isPassed: Bool { sessions.allSatisfy(\.failures.isEmpty) }
    private var checkCount: Int { sessions.reduce(0) { $0 + $1.checks.count } }
    private var failureCount: Int { sessions.reduce(0) { $0 + $1.failures.count } }

    public var text: String {
        var lines: [String] = []
        for session in sessions {
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
        var lines = ["TAP version 13", "1..\(checkCount)"]
        var number = 0
        for session in sessions {
            for check in session.checks {
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
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites tests=\"\(checkCount)\" failures=\"\(failureCount)\">",
        ]
        for session in sessions {
            let counts = "tests=\"\(session.checks.count)\" failures=\"\(session.failures.count)\""
            lines.append("  <testsuite name=\"\(xml(session.file))\" \(counts)>")
            for check in session.checks {
                let place = check.file == nil ? "\(check.line)" : session.place(check)
                let name = check.line > 0 ? "\(place): \(check.name)" : check.name
                let open = "    <testcase classname=\"\(xml(session.file))\" name=\"\(xml(name))\""
                guard let failure = check.failure else {
                    lines.append(open + "/>")
                    continue
                }
                let message = xml(Self.lines(failure).first ?? "")
                lines.append(open + ">")
                lines.append("      <failure message=\"\(message)\">\(xml(failure))</failure>")
                lines.append("    </testcase>")
            }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
    }

    private static func lines(_ text: String?) -> [String] {
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
