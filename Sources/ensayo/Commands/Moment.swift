import Scenario
import Trace

/// A moment of a run, as an option of the command line gives it: `1.5s`.
enum Moment {
    /// `nil`: the option is not given.
    static func read(_ text: String?, option: String) throws(Failure) -> VirtualTime? {
        guard let text else { return nil }
        if let moment = Duration(written: text), moment >= .zero { return .zero.advanced(by: moment) }
        let mark = SourceText(file: "--\(option)", text: text)
            .mark(line: 1, column: 1, length: text.unicodeScalars.count)
        throw Failure(ScenarioError(problems: [mark.problem("expected a time of the run, such as 1.5s")]))
    }
}
