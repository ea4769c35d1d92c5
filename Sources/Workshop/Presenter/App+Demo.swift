import TerminalKit

// The demo script.
extension App {
    /// Whether the script is being played: time passes for it.
    var isDemoPlaying: Bool { presenter?.demo?.isPlaying == true }

    /// Goes on with the script from where it stood, whatever was tried out since.
    mutating func playDemo() -> [Effect] {
        if let text = demoRefusal { refuse(text) }
        guard var demo = presenter?.demo, !demo.isPlaying, let current = lesson, demo.line != nil else { return [] }
        var effects: [Effect] = []
        if let kept = demo.kept {
            screen = .lesson(kept)
        } else {
            effects = open(current.lesson, figures: current.figures, at: demo.script.step)
            if demo.script.step == nil { changeLesson { $0.open(.card) } }
        }
        demo.play()
        presenter?.demo = demo
        return effects
    }

    /// Another key was pressed: the script stands still where it is.
    mutating func interruptDemo() {
        let state = lesson
        if isDemoPlaying { presenter?.demo?.stop(keeping: state) }
    }

    /// Does what the script does after so much wall time. `nil`: nothing, and time passes for the run.
    mutating func advanceDemo(by wall: Duration) -> [Effect]? {
        guard var demo = presenter?.demo, demo.isPlaying else { return nil }
        let player = lesson?.player
        let turn = demo.turn(
            after: wall, cursor: player?.cursor.time, isRunPlaying: player?.playhead.isPlaying ?? false)
        presenter?.demo = demo
        switch turn {
        case .press(let key): return pressForDemo(key)
        case .change(let action): changeLesson { $0.change(action) }
        case .play(let wait): play(wait)
        case .wait: return nil
        case .skip: break
        case .stop:
            let state = lesson
            presenter?.demo?.stop(keeping: state)
            changeLesson { $0.player?.pause() }
        }
        return []
    }

    /// A run that plays comes there at its own speed; one that stands still goes there.
    private mutating func play(_ wait: SessionWait) {
        guard let time = try? moment(of: wait) else { return }
        if lesson?.player?.playhead.isPlaying == true {
            presenter?.demo?.hold(until: time)
        } else {
            changeLesson { $0.player?.pass(to: time) }
        }
    }

    /// A script cannot leave the presentation.
    private mutating func pressForDemo(_ key: Key) -> [Effect] {
        switch KeyMap.command(for: key) {
        case .quit: return []
        case .close where overlay == nil && lesson?.isZoomed != true && lesson?.isWatching != true: return []
        default: return press(key, isScripted: true)
        }
    }
}
