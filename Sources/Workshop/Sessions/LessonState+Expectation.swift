import Analysis
import Scenario
import Trace

extension LessonState {
    /// Why a condition over the run on the screen does not hold; `nil`: it does.
    /// - Parameter soFar: whether only what has been played of it counts.
    func failure(of condition: String, soFar: Bool = false) -> String? {
        guard let player, player.run != nil else { return "no run is on the screen" }
        do throws(SessionFailure) {
            let parsed = try self.condition(condition)
            let (left, right) = try values(of: parsed, played: soFar ? player.cursor : nil)
            return parsed.holds(left.amount, right.amount)
                ? nil : "it is \(left.text(.english)), against \(right.text(.english))"
        } catch {
            return error.reason
        }
    }
}
