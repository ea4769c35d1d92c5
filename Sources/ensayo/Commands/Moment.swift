import Scenario
import Trace

/// A moment of a run, as an option of the command line gives it: `1.5s`.
enum Moment {
    /// `nil`: the option is not given.
    static func read(_ text: String?, option: String) throws(Failure) -> VirtualTime? {
        try duration(text, option: option, "a time of the run, such as 1.5s").map { .zero.advanced(by: $0) }
    }

    /// The same of a length of time.
    static func duration(
        _ text: String?, option: String, _ what: String = "a duration, such as 50ms"
    ) throws(Failure) -> Duration? {
        guard let text else { return nil }
        if let duration = Duration(written: text), duration >= .zero { return duration }
        let mark = SourceText(file: "--\(option)", text: text)
            .mark(line: 1, column: 1, length: text.unicodeScalars.count)
        throw Failure(ScenarioError(problems: [mark.problem("expected \(what)")]))
    }
}
