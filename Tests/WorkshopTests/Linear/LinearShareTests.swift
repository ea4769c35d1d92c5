import Testing

@testable import Workshop

/// The line to share, where there is no clipboard.
@Suite struct LinearShareTests {
    private let listener: SandboxListener

    init() throws { listener = try SandboxListener() }

    @Test func aCopyIsTheWholeCodeOnOneLine() throws {
        listener.hear(["Y", "c"])
        let said = listener.said[2]
        let code = try #require(said.first { $0.hasPrefix("ensayo-1.") }, "\(said)")
        #expect(try SandboxSource(code: code).draft.yaml == SandboxSource.starter().draft.yaml)
        #expect(said.contains("There is no clipboard here: take the line itself."))
        #expect(!listener.said.joined().contains { $0.contains("terminal's clipboard") })
    }

    @Test func whatIsToBePrintedIsAskedForAndSaid() {
        listener.hear(["Y", "p"])
        #expect(listener.said[2].contains("Printed when you leave."))
        #expect(listener.printed.count == 1 && listener.printed.allSatisfy { $0.hasPrefix("ensayo-1.") })
    }
}
