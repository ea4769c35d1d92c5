/// What became of replayed sessions, for people (text), for test runners (TAP 14) and for CI servers (JUnit XML).
public struct ReplayReport: Sendable {
    public struct Session: Sendable {
        /// The file's path, as given.
        public var file: String
        public var checks: [SessionReplay.Check]

        public init(file: String, checks: [SessionReplay.Check]) {
            self.file = file
            self.checks = checks
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
            lines.append("\(session.failures.isEmpty ? "ok  " : "FAIL") \(session.file) (\(session.checks.count) checks)")
            for check in session.failures {
                let place = check.line > 0 ? "\(session.file):\(check.line): " : ""
                lines.append("     \(place)\(check.name)")
                lines += (check.failure ?? "").split(separator: "\n", omittingEmptySubsequences: false).map { "       \($0)" }
            }
        }
        lines.append("\(checkCount - failureCount) passed, \(failureCount) failed")
        return lines.joined(separator: "\n") + "\n"
    }

    public var tap: String {
        var lines = ["TAP version 14", "1..\(checkCount)"]
        var number = 0
        for session in sessions {
            for check in session.checks {
                number += 1
                let name = "\(session.file): \(check.name)".replacing("#", with: "\\#")
                lines.append("\(check.failure == nil ? "ok" : "not ok") \(number) - \(name)")
                guard let failure = check.failure else { continue }
                lines += ["  ---", "  line: \(check.line)", "  message: |"]
                lines += failure.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
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
            lines.append(
                "  <testsuite name=\"\(xml(session.file))\" tests=\"\(session.checks.count)\" failures=\"\(session.failures.count)\">")
            for check in session.checks {
                let open = "    <testcase classname=\"\(xml(session.file))\" name=\"\(xml(check.name))\""
                guard let failure = check.failure else {
                    lines.append(open + "/>")
                    continue
                }
                lines.append(open + ">")
                let message = failure.prefix { $0 != "\n" }
                lines.append("      <failure message=\"\(xml(String(message)))\">\(xml(failure))</failure>")
                lines.append("    </testcase>")
            }
            lines.append("  </testsuite>")
        }
        return (lines + ["</testsuites>"]).joined(separator: "\n") + "\n"
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
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || (0xFFFE...0xFFFF).contains(scalar.value): break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
