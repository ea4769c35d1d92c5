import Foundation

/// The table: one line a measurement, with what it is held against.
enum Report {
    static func title(_ text: String) { print("\n\(text)\n\(String(repeating: "-", count: text.count))") }

    /// A rate beside that of SimPy.
    static func rate(_ name: String, _ ours: Double, simpy: Double, budget: Double) {
        let ratio = ours / simpy
        let figures = "\(millions(ours))   SimPy \(millions(simpy))   \(number(ratio, 1))x"
        line(name, figures, "at least \(number(budget, 0))x", isMet: ratio >= budget)
    }

    /// A rate beside that of another implementation.
    static func ratio(_ name: String, _ ours: Double, to peer: String, _ theirs: Double, budget: Double) {
        let ratio = ours / theirs
        let figures = "\(millions(ours))   \(peer) \(millions(theirs))   \(number(ratio, 2))x"
        line(name, figures, "at least \(number(budget, 1))x", isMet: ratio >= budget)
    }

    /// A rate beside that of a bare heap.
    static func share(_ name: String, _ ours: Double, bare: Double, goal: Double) {
        let ratio = ours / bare
        let figures = "\(millions(ours))   bare heap \(millions(bare))   \(number(ratio, 2))x"
        line(name, figures, "heading for \(number(goal, 1))x", isMet: ratio >= goal)
    }

    /// A duration that has a limit.
    static func time(_ name: String, seconds: Double, budget: Double, note: String = "") {
        line(name, milliseconds(seconds) + note, "at most \(milliseconds(budget))", isMet: seconds <= budget)
    }

    static func line(_ name: String, _ figures: String, _ budget: String, isMet: Bool) {
        print("\(pad(name, 34))\(pad(figures, 48))\(pad(budget, 20))\(isMet ? "met" : "MISSED")")
    }

    static func note(_ text: String) { print("  \(text)") }

    static func millions(_ rate: Double) -> String { "\(number(rate / 1e6, 2)) M/s" }
    static func milliseconds(_ seconds: Double) -> String { "\(number(seconds * 1e3, 2)) ms" }
    static func number(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
