/// The hands that a class raised for the answers of one prediction.
struct Tally: Hashable, Sendable {
    /// No class is larger.
    static let mostHands = 999

    /// The answer of each hand, from 0, in the order in which they were counted.
    private(set) var hands: [Int] = []
    /// Whether the run's answer stands beside them.
    var isRevealed = false

    init() {}

    /// So many hands for each answer; those beyond ``mostHands`` are left out.
    init(counts: [Int], isRevealed: Bool) {
        for (answer, count) in counts.enumerated() {
            let room = Self.mostHands - hands.count
            hands += Array(repeating: answer, count: min(max(0, count), room))
        }
        self.isRevealed = isRevealed
    }

    /// - Parameter hands: the answer of each, in the order in which they were counted.
    init(hands: [Int], isRevealed: Bool) {
        self.hands = hands
        self.isRevealed = isRevealed
    }

    mutating func raise(_ answer: Int) {
        if hands.count < Self.mostHands { hands.append(answer) }
    }

    mutating func takeBack() { _ = hands.popLast() }

    func count(of answer: Int) -> Int { hands.count { $0 == answer } }

    /// Of all hands, 0...1.
    func share(of answer: Int) -> Double {
        hands.isEmpty ? 0 : Double(count(of: answer)) / Double(hands.count)
    }
}
