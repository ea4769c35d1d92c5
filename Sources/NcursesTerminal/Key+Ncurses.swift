import CNcurses
import TerminalKit

extension Mouse {
    /// What ncurses reports of the mouse; `nil`: something else.
    init?(_ input: Input) {
        let action: Action? =
            switch input.kind {
            case InputPress: .press
            case InputWheelUp: .wheelUp
            case InputWheelDown: .wheelDown
            default: nil
            }
        guard let action else { return nil }
        self.init(action, x: Int(input.x), y: Int(input.y))
    }
}

extension Key {
    /// The key that ncurses reports; `nil` for one that no program here knows.
    init?(_ input: Input) {
        switch input.kind {
        case InputCharacter: self.init(scalar: input.value)
        case InputFunction: self = .function(Int(input.value))
        case InputUp: self = .up
        case InputDown: self = .down
        case InputLeft: self = .left
        case InputRight: self = .right
        case InputHome: self = .home
        case InputEnd: self = .end
        case InputPageUp: self = .pageUp
        case InputPageDown: self = .pageDown
        case InputEnter: self = .enter
        case InputBackTab: self = .backTab
        case InputBackspace: self = .backspace
        case InputDelete: self = .delete
        default: return nil
        }
    }

    private init?(scalar value: UInt32) {
        switch value {
        case 0x09: self = .tab
        case 0x0A, 0x0D: self = .enter
        case 0x1B: self = .escape
        case 0x08, 0x7F: self = .backspace
        case 0x00: self = .control(" ")
        case 0x01...0x1A: self = .control(Character(Unicode.Scalar(UInt8(value + 0x60))))
        default:
            guard value >= 0x20, let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .control
            else { return nil }
            self = .character(Character(scalar))
        }
    }
}
