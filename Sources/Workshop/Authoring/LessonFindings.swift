import Scenario
import TerminalKit

/// What lint finds in the lesson that is written just now.
public struct LessonFindings: Hashable, Sendable {
    /// The lesson's folder.
    public var folder: String
    public var problems: [Problem]
    /// Whether the files cannot be read: the screen shows them as they were.
    public var isBroken: Bool
    /// Whether the lesson is still being run, which may find more.
    public var isRunning: Bool

    public init(folder: String, problems: [Problem], isBroken: Bool = false, isRunning: Bool = false) {
        self.folder = folder
        self.problems = problems
        self.isBroken = isBroken
        self.isRunning = isRunning
    }
}

extension App {
    /// What there is to say of the lesson on the screen, or of the one that cannot be opened yet.
    var shownFindings: LessonFindings? {
        guard let findings, !findings.problems.isEmpty, presenter == nil, follower == nil else { return nil }
        if let lesson, lesson.lesson.folder != findings.folder { return nil }
        return findings
    }

    /// Takes what lint says. A good lesson's screen is left as it is: its author looks when they want to.
    mutating func take(_ findings: LessonFindings) {
        self.findings = findings
        guard case .wrongFiles(_, let first) = overlay else { return }
        let problems = findings.problems
        overlay = problems.isEmpty ? nil : .wrongFiles(problems, first: min(first, problems.count - 1))
    }

    mutating func openFindings() {
        guard let findings = shownFindings else { return }
        pause()
        overlay = .wrongFiles(findings.problems, first: 0)
    }

    /// Up and down turn over the problems; any other key closes the box.
    mutating func press(_ key: Key, in problems: [Problem], first: Int) {
        switch KeyMap.command(for: key) {
        case .down, .scrollDown, .pageDown: overlay = .wrongFiles(problems, first: min(first + 1, problems.count - 1))
        case .up, .scrollUp, .pageUp: overlay = .wrongFiles(problems, first: max(first - 1, 0))
        default: overlay = nil
        }
    }
}
