import Scenario
import TerminalKit
import Testing

@testable import Workshop

/// What the picture of the system shows while the system is built.
@Suite struct SandboxPictureTests {
    private func row(_ one: Assembler, _ name: String) throws -> String {
        // The picture is at the right of the tree.
        try #require(one.screen.map { String($0.dropFirst(30)) }.first { $0.contains(name) })
    }

    @Test func aNewPartThatNobodyCallsHasNoArrow() throws {
        let one = try Assembler()
        one.add("a backend")
        #expect(try row(one, " api").contains("▶ api"))
        #expect(try !row(one, " service").contains("▶"))
        #expect(one.shows("nobody calls it"))
    }

    @Test func aPartWhoseOnlyCallIsRemovedLosesItsArrow() throws {
        let one = try Assembler()
        one.at(.key("flows"), .key("visit"), .item(0), .key("call")).press("x")
        #expect(try !row(one, " api").contains("▶"))
        one.press("u")
        #expect(try row(one, " api").contains("▶ api"))
        #expect(!one.shows("nobody calls it"))
    }

    @Test func aPoolKeepsTheLinesToItsServers() throws {
        let one = try Assembler(size: Size(width: 120, height: 40))
        one.add("pool balancer")
        #expect(try row(one, "pool-2").contains("▶ pool-2"))
        #expect(try !row(one, "pool ").contains("▶ pool "))
    }
}
