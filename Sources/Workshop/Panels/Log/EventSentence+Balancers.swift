import TerminalKit
import Trace

/// The places in the sentences about load balancers.
extension EventSentence {
    func balancerValue(of place: Substring, style: Style) -> StyledText {
        let share = Double(event.value) / 1e6
        return switch place {
        case "server": component(event.detail, style)
        case "weight": StyledText(context.numbers.factor(share), style)
        case "share": StyledText(context.numbers.percent(share), style)
        default: StyledText()
        }
    }
}
