import Foundation
import Testing

@testable import TerminalKit

@Suite struct ThemeTests {
    static let names = ["ensayo", "light", "high-contrast", "colour-blind", "monochrome"]

    @Test func everyThemeOfTheFolderIsTested() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(files.filter { $0.hasSuffix(".theme") }.sorted() == Self.names.map { "\($0).theme" }.sorted())
    }

    static var folder: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Assets/themes")
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: "\(name).theme"), encoding: .utf8)
    }

    static func theme(_ name: String) throws -> Theme { try Theme(parsing: text(name), file: "\(name).theme") }

    @Test func theBuiltInThemeIsTheOneInTheFile() throws {
        #expect(try Self.text("ensayo") == Theme.ensayoText + "\n")
        #expect(Theme.ensayo.name == "ensayo")
    }

    @Test func thePaletteIsAsReviewed() {
        let depths = ColourDepth.allCases
        let lines = Role.allCases.map { role in
            "\(role): " + depths.map { describe(Theme.ensayo.resolve(Style(role), depth: $0)) }.joined(separator: " | ")
        }
        #expect(
            lines.joined(separator: "\n") == """
                text: default | default | default | default
                muted: #949ca8 | 247 | default dim | default dim
                title: #e8e6e3 bold | 254 bold | 15 bold | default bold
                border: #788191 | 244 | 8 | default dim
                accent: #ffd166 bold | 221 bold | 11 bold | default bold
                focus: #ffd166 bold | 221 bold | 11 bold | default bold
                selection: #14161b on #ffd166 | 233 on 221 | 0 on 3 | default reverse
                ok: #79c779 | 114 | 2 | default
                fail: #ff7575 bold | 210 bold | 9 bold | default bold reverse
                warn: #ff9f43 | 215 | 3 | default bold underline
                wait: #8fb4d9 | 110 | 12 | default italic
                cache: #3fc6d8 | 80 | 6 | default underline
                reject: #d98cf0 | 177 | 5 | default reverse
                key: #ffd166 bold | 221 bold | 11 bold | default bold
                keyLabel: #b4bac4 | 250 | default | default
                bar: #e8e6e3 on #2b313d | 254 on 236 | 15 on 4 | default reverse
                hue1: #8ab4f8 | 111 | 12 | default
                hue2: #f2a97e | 216 | 3 | default
                hue3: #b9a3e3 | 146 | 13 | default
                hue4: #7fd1c7 | 116 | 14 | default
                hue5: #dcc87a | 186 | 11 | default
                hue6: #f29bc1 | 211 | 9 | default
                before: #9aa6b8 | 248 | 7 | default dim
                after: #7ee0b8 bold | 115 bold | 10 bold | default bold
                """)
    }

    func describe(_ look: ResolvedStyle) -> String {
        let background = look.background == .default ? "" : " on \(describe(look.background))"
        let attributes = Attributes.named.filter { look.attributes.contains($0.attribute) }.map { " \($0.name)" }
        return describe(look.foreground) + background + attributes.joined()
    }

    func describe(_ colour: Colour) -> String {
        switch colour {
        case .default: "default"
        case .indexed(let index): "\(index)"
        case .rgb(let red, let green, let blue):
            "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    @Test(arguments: names) func noMeaningByHueAlone(_ name: String) throws {
        let theme = try Self.theme(name)
        func mono(_ role: Role) -> ResolvedStyle { theme.resolve(Style(role), depth: .monochrome) }
        for role in Role.allCases {
            #expect(mono(role).foreground == .default && mono(role).background == .default, "\(role)")
        }
        for (one, other) in [
            (Role.focus, Role.border), (.selection, .text), (.title, .text), (.fail, .ok), (.warn, .ok), (.fail, .warn),
            (.reject, .ok), (.reject, .fail), (.key, .keyLabel), (.bar, .text), (.before, .after), (.muted, .text),
        ] {
            #expect(mono(one) != mono(other), "\(one) looks like \(other)")
        }
    }

    /// Web Content Accessibility Guidelines 2.1, success criteria 1.4.3 and 1.4.6: 4.5 to 1, and 7 to 1 where contrast
    /// is what the theme is for. Lines are drawn as text is.
    @Test(arguments: names) func textStandsOutFromItsBackground(_ name: String) throws {
        let theme = try Self.theme(name)
        for role in Role.allCases {
            for depth in [ColourDepth.truecolour, .indexed256] {
                let look = theme.resolve(Style(role), depth: depth)
                let text = try #require(look.foreground.components ?? theme.page.foreground.components)
                let ground = try #require(look.background.components ?? theme.page.background.components)
                let ratio = contrast(luminance(text), luminance(ground))
                #expect(ratio >= (name == "high-contrast" ? 7 : 4.5), "\(role) at \(depth): \(ratio)")
            }
        }
    }

    func luminance(_ colour: (red: UInt8, green: UInt8, blue: UInt8)) -> Double {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.03928 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
    }

    func contrast(_ one: Double, _ other: Double) -> Double { (max(one, other) + 0.05) / (min(one, other) + 0.05) }

    @Test func aStylesAttributesComeOnTopOfItsRole() {
        let look = Theme.ensayo.resolve(Style(.fail, .underline), depth: .basic16)
        #expect(look == ResolvedStyle(foreground: .indexed(9), attributes: [.bold, .underline]))
    }

    @Test(arguments: [
        ("theme a b", "t.theme:1:1: expected `theme NAME`"),
        ("\n  colour | red", "t.theme:2:3: unknown role `colour`"),
        ("tilte | red | = | red | bold", "t.theme:1:1: unknown role `tilte`; did you mean `title`?"),
        ("ok | gren | = | green | bold", "t.theme:1:6: unknown colour `gren`; did you mean `green`?"),
        ("ok | green shiny | = | green | bold", "t.theme:1:12: unknown attribute `shiny`"),
        ("ok | green on | = | green | bold", "t.theme:1:12: expected a colour after `on`"),
        ("ok | green | = | green", "t.theme:1:1: expected `ok | TRUECOLOUR | 256 | 16 | MONO`"),
        ("ok | green | = | | default", "t.theme:1:17: expected a colour"),
        ("ok | green | = | #ff0000 | default", "t.theme:1:17: a colour that this column does not have"),
        ("ok | green | = | green | red", "t.theme:1:25: a colour that this column does not have"),
        ("ok | #12345g | = | green | default", "t.theme:1:6: unknown colour `#12345g`"),
        ("ok | green | = | green | default\nok | green | = | green | default", "t.theme:2:1: `ok` has a line already"),
        ("theme x", "t.theme:1:1: no line `page COLOUR on COLOUR`"),
        ("theme x\npage white on black", "t.theme:2:1: no line for the role `text`"),
    ])
    func aBadFileIsALocatedError(_ text: String, _ expected: String) {
        let error = #expect(throws: ThemeError.self) { try Theme(parsing: text, file: "t.theme") }
        #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    }

    @Test func anErrorShowsTheLineAndThePlaceWithoutControlSequences() {
        let error = #expect(throws: ThemeError.self) { try Theme(parsing: "ok | \u{1B}[31m | x", file: "t.theme") }
        #expect(
            error?.description == """
                t.theme:1:1: expected `ok | TRUECOLOUR | 256 | 16 | MONO`
                  ok | �[31m | x
                  ^
                """)
    }

    @Test func nearestColoursAreThePalettesOwn() {
        for index in UInt8(16)...255 {
            let colour = Colour.indexed(index)
            let (red, green, blue) = colour.components ?? (0, 0, 0)
            let nearest = Colour.rgb(red, green, blue).nearest(at: .indexed256)
            #expect(nearest.components ?? (1, 1, 1) == (red, green, blue))
        }
        #expect(Colour.rgb(250, 10, 5).nearest(at: .basic16) == .indexed(9))
        #expect(Colour.indexed(231).nearest(at: .basic16) == .indexed(15))
        #expect(Colour.rgb(1, 2, 3).nearest(at: .monochrome) == .default)
    }
}
