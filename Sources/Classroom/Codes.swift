/// What one has to know to come in.
public struct Codes: Sendable, Hashable {
    /// Stands on the presenter's screen, to be read across a room.
    public var follower: String
    /// Is never read by people.
    public var notes: String

    /// Random letters, from the system's generator.
    public init(follower: String = Codes.letters(6), notes: String = Codes.letters(20)) {
        self.follower = Self.canonical(follower)
        self.notes = Self.canonical(notes)
    }

    /// Letters that are not taken for each other or for digits; without vowels no word comes out.
    private static let alphabet = Array("BCDFGHJKMNPQRSTVWXYZ")

    /// So many random letters: a little over four bits each.
    public static func letters(_ count: Int) -> String {
        String((0..<count).map { _ in alphabet[Int.random(in: alphabet.indices)] })
    }

    /// The code that somebody means: capital letters, no spaces, no hyphens.
    static func canonical(_ typed: String) -> String {
        typed.filter { !$0.isWhitespace && $0 != "-" }.uppercased()
    }

    /// Whether the code opens the door for the role. It takes as long for a code that is nearly right as for any other.
    func accept(_ given: [UInt8], as role: Role) -> Bool {
        let expected = Array((role == .notes ? notes : follower).utf8)
        var difference: UInt8 = expected.count == given.count ? 0 : 1
        for (index, byte) in expected.enumerated() { difference |= byte ^ (index < given.count ? given[index] : 0) }
        return difference == 0 && !expected.isEmpty
    }
}
