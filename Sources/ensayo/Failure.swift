import Scenario

/// Why a command ended without doing what it was asked.
struct Failure: Error {
    var message: String
    var code: Int32

    /// Bad use or bad input.
    static func badInput(_ message: String) -> Failure { Failure(message: message, code: 2) }
    /// A check said no.
    static func checkFailed(_ message: String) -> Failure { Failure(message: message, code: 1) }

    init(message: String, code: Int32) {
        self.message = message
        self.code = code
    }

    init(_ error: ScenarioError) { self.init(message: error.description, code: 2) }
}
