import Scenario
import TerminalKit

extension App {
    /// The sandbox on the screen, if it is there.
    public var sandbox: SandboxState? { if case .sandbox(let state) = screen { state } else { nil } }

    /// The screen with a run on it, if there is one.
    var stage: (any RunScreen)? {
        switch screen {
        case .menu, .notes: nil
        case .lesson(let state): state
        case .sandbox(let state): state
        }
    }

    mutating func changePlayer(_ change: (inout Player) -> Void) {
        switch screen {
        case .menu, .notes: break
        case .lesson(var state):
            state.changePlayer(change)
            screen = .lesson(state)
        case .sandbox(var state):
            state.changePlayer(change)
            screen = .sandbox(state)
        }
    }

    /// Does something to the system at the cursor of the run.
    mutating func change(_ action: Intervention.Action) {
        changeLesson { $0.change(action) }
        changeSandbox { $0.change(action) }
    }

    mutating func changeSandbox(_ change: (inout SandboxState) -> Void) {
        guard case .sandbox(var state) = screen else { return }
        change(&state)
        screen = .sandbox(state)
    }

    /// Opens a system in the sandbox.
    public mutating func open(_ source: SandboxSource) -> [Effect] {
        screen = .sandbox(SandboxState(source))
        overlay = nil
        return update(.sandbox(.resumed))
    }

    /// Gives a key to the sandbox, before the table of keys is asked. `nil`: it was not for the sandbox alone.
    mutating func pressInSandbox(_ key: Key) -> [Effect]? {
        guard case .sandbox(var state) = screen, state.press(key, on: size) else { return nil }
        guard state.hasLeft else {
            screen = .sandbox(state)
            return []
        }
        showMenu()
        return state.takeRequests().map(Effect.sandbox)
    }

    /// The menu, with the cursor where the sandbox was opened.
    private mutating func showMenu() {
        var menu = MenuState(lessons: lessons, course: course, selected: nil)
        menu.perform(.toEnd)
        screen = .menu(menu)
    }

    /// Takes what has come of something that the sandbox asked for.
    mutating func take(_ message: SandboxMessage) {
        switch message {
        case .opened(.success(let source)):
            screen = .sandbox(SandboxState(source))
            overlay = nil
        case .opened(.failure(let error)): overlay = .problem(error.description)
        case .wrote, .exists, .notWritten: changeSandbox { $0.take(message) }
        case .resumed: break
        }
    }

    /// One level up: out of a zoomed panel, back to the tree, to the menu.
    mutating func closeSandbox() -> [Effect] {
        guard case .sandbox(var state) = screen else { return [] }
        if state.isZoomed {
            state.isZoomed = false
        } else if !state.isInTree {
            state.isInTree = true
        } else if state.isUnsaved {
            state.input = .leaving
        } else {
            showMenu()
            return []
        }
        screen = .sandbox(state)
        return []
    }

    /// What the sandbox asked for since the last message.
    mutating func sandboxRequests() -> [Effect] {
        var effects: [Effect] = []
        changeSandbox { effects = $0.takeRequests().map(Effect.sandbox) }
        return effects
    }
}

extension RunScreen {
    mutating func changePlayer(_ change: (inout Player) -> Void) {
        guard var player else { return }
        change(&player)
        self.player = player
    }
}
