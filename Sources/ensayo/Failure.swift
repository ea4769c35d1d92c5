import Scenario

/// Why a command ended without doing what it was asked.
struct Failure: Error {
    var message: String
    var code: Int32

    /// Bad use or bad input.
    static func badInput(_ message: String) -> Failure { Failure(message: message, code: 2) }
    /// A check said no.
    static func checkFailed(_ message: String) -> Failure { Failure(message: message, code: 1) }

    /// Something about an option (`--seeds`) or a file as a whole, in the form of every other problem.
    static func badInput(_ what: String, _ message: String, _ suggestion: String? = nil) -> Failure {
        Failure(ScenarioError(problems: [Problem(file: what, message: message, suggestion: suggestion)]))
    }

    init(message: String, code: Int32) {
        self.message = message
        self.code = code
    }

    init(_ error: ScenarioError) { self.init(message: error.description, code: 2) }
}
