import Scenario

/// Why a command ended without doing what it was asked.
struct Failure: Error {
    var message: String
    var code: Int32

    /// Bad use or bad input of no one option or file.
    static func badInput(_ message: String) -> Failure { badInput("ensayo", message) }
    /// A check said no.
    static func checkFailed(_ message: String) -> Failure { Failure(message: message, code: 1) }

    /// Something about an option (`--seeds`) or a file as a whole, in the form of every other problem.
    static func badInput(_ what: String, _ message: String, _ suggestion: String? = nil) -> Failure {
        Failure(ScenarioError(problems: [Problem(file: what, message: message, suggestion: suggestion)]))
    }

    /// A name of something that is not there: the nearest one is proposed, else they are listed.
    ///
    /// - Parameters:
    ///   - what: where it was looked for.
    ///   - kind: of the thing, in one word: `step`.
    static func unknown(_ what: String, _ kind: String, _ name: String, known: [String]) -> Failure {
        let near = Suggestion.nearest(to: name, in: known).map { "did you mean \(SafeText.quoted($0))?" }
        let list = known.isEmpty ? nil : "\(kind)s: \(known.joined(separator: ", "))"
        return badInput(what, "there is no \(kind) \(SafeText.quoted(name))", near ?? list)
    }

    /// Something that tells in lines of its own what can be done.
    static func badInput(_ what: String, lines text: String) -> Failure {
        let lines = "\(what): error: \(text)".split(separator: "\n")
        return Failure(message: lines.joined(separator: "\n   "), code: 2)
    }

    /// Problems that are told already.
    static func badInput(told problems: [String]) -> Failure {
        Failure(message: problems.joined(separator: "\n"), code: 2)
    }

    init(message: String, code: Int32) {
        self.message = message
        self.code = code
    }

    init(_ error: ScenarioError) { self.init(message: error.description, code: 2) }
}
