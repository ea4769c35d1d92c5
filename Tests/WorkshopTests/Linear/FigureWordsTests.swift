import Testing

@testable import Workshop

/// Figures as they are told.
@Suite struct FigureWordsTests {
    /// What began and what was under way before are what ended and what is under way.
    @Test func figuresAddUp() throws {
        let one = try SandboxListener()
        let said = one.hear(["numbers"])[1]
        let line = try #require(said.split(separator: "visit: ").last?.split(separator: ";").first)
        let numbers = line.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }
        #expect(line.contains(" from before, ") && numbers.count == 4, "\(line)")
        #expect(numbers[0] + numbers[1] == numbers[2] + numbers[3], "\(line)")
    }
}
