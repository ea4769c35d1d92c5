import Foundation
import Testing

@testable import TerminalKit

/// The colour-blind theme, as people see it who lack one kind of cone.
@Suite struct ColourVisionTests {
    /// How work ended or stands: what must never be taken for another.
    static let states: [Role] = [.ok, .fail, .warn, .wait, .cache, .reject]

    enum Vision: String, CaseIterable {
        case usual, deuteranopia, protanopia, tritanopia

        /// Machado, Oliveira and Fernandes 2009, severity 1, for linear red, green and blue.
        var matrix: [[Double]] {
            switch self {
            case .usual: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
            case .deuteranopia:
                [
                    [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
                ]
            case .protanopia:
                [
                    [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
                ]
            case .tritanopia:
                [
                    [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
                ]
            }
        }
    }

    /// 10 is a difference that is seen at a glance (CIEDE2000).
    @Test(arguments: Vision.allCases, [ColourDepth.truecolour, .indexed256])
    func statesStayApart(_ vision: Vision, _ depth: ColourDepth) throws {
        let theme = try ThemeTests.theme("colour-blind")
        let colours = try Self.states.map { role in
            let look = theme.resolve(Style(role), depth: depth)
            return lab(try #require(look.foreground.components), vision)
        }
        for one in Self.states.indices {
            for other in Self.states.indices where other > one {
                let difference = Lab.difference(colours[one], colours[other])
                #expect(difference >= 10, "\(Self.states[one]) and \(Self.states[other]): \(difference)")
            }
        }
    }

    /// The simulation tells: red and green of equal lightness are one colour to a deuteranope.
    @Test func theSimulationMergesRedAndGreen() {
        let red = (UInt8(163), UInt8(100), UInt8(40))
        let green = (UInt8(118), UInt8(124), UInt8(40))
        let usual = Lab.difference(lab(red, .usual), lab(green, .usual))
        let without = Lab.difference(lab(red, .deuteranopia), lab(green, .deuteranopia))
        #expect(usual > 20 && without < usual / 2, "\(usual), \(without)")
    }

    /// Pairs of Sharma, Wu and Dalal 2005, table 1.
    @Test(arguments: [
        (Lab(50, 2.6772, -79.7751), Lab(50, 0, -82.7485), 2.0425), (Lab(50, 2.5, 0), Lab(73, 25, -18), 27.1492),
        (Lab(60.2574, -34.0099, 36.2677), Lab(60.4626, -34.1751, 39.4387), 1.2644),
        (Lab(2.0776, 0.0795, -1.135), Lab(0.9033, -0.0636, -0.5514), 0.9082),
    ])
    func theDifferenceIsThatOfTheStandard(_ one: Lab, _ other: Lab, _ difference: Double) {
        #expect(abs(Lab.difference(one, other) - difference) < 0.0001)
    }

    private func lab(_ colour: (red: UInt8, green: UInt8, blue: UInt8), _ vision: Vision) -> Lab {
        func linear(_ channel: UInt8) -> Double {
            let value = Double(channel) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        let light = [linear(colour.red), linear(colour.green), linear(colour.blue)]
        let seen = vision.matrix.map { row in min(1, max(0, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 })) }
        return Lab(linear: seen)
    }
}

/// CIE L*a*b* under D65.
struct Lab: Sendable {
    var lightness, a, b: Double

    init(_ lightness: Double, _ a: Double, _ b: Double) { (self.lightness, self.a, self.b) = (lightness, a, b) }

    /// From linear sRGB.
    init(linear rgb: [Double]) {
        func sum(_ row: [Double]) -> Double { zip(row, rgb).reduce(0) { $0 + $1.0 * $1.1 } }
        func root(_ value: Double) -> Double {
            value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
        }
        let x = root(sum([0.4124564, 0.3575761, 0.1804375]) / 0.95047)
        let y = root(sum([0.2126729, 0.7151522, 0.0721750]))
        let z = root(sum([0.0193339, 0.1191920, 0.9503041]) / 1.08883)
        self.init(116 * y - 16, 500 * (x - y), 200 * (y - z))
    }

    /// CIEDE2000.
    static func difference(_ one: Lab, _ other: Lab) -> Double {
        let mean = (hypot(one.a, one.b) + hypot(other.a, other.b)) / 2
        let stretch = 1 + 0.5 * (1 - sqrt(pow(mean, 7) / (pow(mean, 7) + pow(25, 7))))
        let (first, second) = (Polar(one.a * stretch, one.b), Polar(other.a * stretch, other.b))
        let lightness = other.lightness - one.lightness
        let chroma = second.chroma - first.chroma
        let turn = first.chroma * second.chroma == 0 ? 0 : remainder(second.hue - first.hue, 360)
        let hue = 2 * sqrt(first.chroma * second.chroma) * sin(radians(turn / 2))
        let meanLightness = (one.lightness + other.lightness) / 2
        let meanChroma = (first.chroma + second.chroma) / 2
        let meanHue = first.chroma * second.chroma == 0 ? first.hue + second.hue : first.hue + turn / 2
        let weight =
            1 - 0.17 * cos(radians(meanHue - 30)) + 0.24 * cos(radians(2 * meanHue))
            + 0.32 * cos(radians(3 * meanHue + 6)) - 0.2 * cos(radians(4 * meanHue - 63))
        let squared = pow(meanLightness - 50, 2)
        let ofLightness = lightness / (1 + 0.015 * squared / sqrt(20 + squared))
        let ofChroma = chroma / (1 + 0.045 * meanChroma)
        let ofHue = hue / (1 + 0.015 * meanChroma * weight)
        let wrapped = meanHue < 0 ? meanHue + 360 : meanHue
        let rotation =
            -2 * sqrt(pow(meanChroma, 7) / (pow(meanChroma, 7) + pow(25, 7)))
            * sin(radians(60 * exp(-pow((wrapped - 275) / 25, 2))))
        return sqrt(ofLightness * ofLightness + ofChroma * ofChroma + ofHue * ofHue + rotation * ofChroma * ofHue)
    }

    private struct Polar {
        var chroma, hue: Double

        init(_ a: Double, _ b: Double) {
            chroma = hypot(a, b)
            let angle = a == 0 && b == 0 ? 0 : atan2(b, a) * 180 / .pi
            hue = angle < 0 ? angle + 360 : angle
        }
    }

    private static func radians(_ degrees: Double) -> Double { degrees * .pi / 180 }
}
