import Scenario

/// What a session says line by line, as it is kept beside its golden frames.
///
///     # transcript: first-visit   lesson: orchestration
///     > open
///     Lesson 1, Orchestration. About this lesson.
///
///     > key enter
///     Step 1 of 16, read: Three calls.
public struct GoldenTranscript: Hashable, Sendable {
    public private(set) var lines: [String]

    public init(_ transcript: Transcript, of journey: Journey) {
        let head = "# transcript: \(journey.name)   lesson: \(journey.lesson)"
        let told = transcript.description.split(separator: "\n", omittingEmptySubsequences: false)
        lines = [head] + told.map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
    }

    /// Reads a file. Anything is accepted: what is not as it should be differs from what is expected.
    public init(parsing text: String) {
        // Line breaks of any system: a CRLF is one Character.
        lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
    }

    public var text: String { lines.joined(separator: "\n") + "\n" }

    /// Keys and other actions.
    public var passageCount: Int { lines.count { $0.hasPrefix(Self.action) } }

    static let action = "> "
}

/// What is not the same in two transcripts, for people.
public struct TranscriptDiff: Sendable {
    /// Lines that only one side has, below the action that they follow.
    public private(set) var details: [String] = []
    public private(set) var count = 0

    public init(old: GoldenTranscript, new: GoldenTranscript) {
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.lines.difference(from: old.lines) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        count = removed.count + inserted.count
        var (one, other) = (0, 0)
        var after = ""
        while one < old.lines.count || other < new.lines.count {
            let isGone = removed.contains(one)
            let isNew = !isGone && inserted.contains(other)
            let line = isGone ? old.lines[one] : new.lines[other]
            if isGone || isNew {
                if !after.isEmpty { details += ["", "\(after)   (line \(other + 1))"] }
                after = ""
                details.append("\(isGone ? "-" : "+") \(line)")
            } else if line.hasPrefix(GoldenTranscript.action) {
                after = line
            }
            if !isNew { one += 1 }
            if !isGone { other += 1 }
        }
    }

    public var isEmpty: Bool { count == 0 }

    /// `3 lines differ`.
    public var summary: String { count == 1 ? "1 line differs" : "\(count) lines differ" }

    /// The differences for people. Golden files may hold anything: nothing of it acts on a terminal.
    public var text: String { ([summary] + details).map(SafeText.line).joined(separator: "\n") }
}
