"""What the examples compute, written once more over lists of numbers: no tensors, no tiles, no masks but `if`.

Each function takes the arguments of the example, in the shapes of SHAPES and row by row, and returns its results.
"""
import math

import jets

SHAPES = {
    "contrastive": ([(10, 4), (10, 4), ()], [()]),
    "kernel_regression": ([(), (7, 3), (7, 2), (9, 3), (9, 2)], [()]),
    "sigmoid_attention": ([(1, 2, 9, 4), (1, 2, 7, 4), (1, 2, 7, 3), ()], [(1, 2, 9, 3)]),
    "alibi": ([(1, 2, 5, 3), (1, 2, 7, 3), (1, 2, 7, 2), (2,)], [(1, 2, 5, 2)]),
    "pair_energy": ([(7, 3), (), ()], [()]),
}


def total(numbers):
    return sum(numbers, jets.lift(0.0))


def rows(values, width):
    return [values[start:start + width] for start in range(0, len(values), width)]


def dot(a, b):
    return total(x * y for x, y in zip(a, b, strict=True))


def logsumexp(numbers):
    shift = max(number.real() for number in numbers)
    return shift + jets.log(total(jets.exp(number - shift) for number in numbers))


def contrastive(images, texts, log_scale):
    def unit(row):
        length = jets.power(dot(row, row), 0.5)
        return [x / length for x in row]

    a, b = [[unit(row) for row in rows(values, 4)] for values in (images, texts)]
    scores = [[dot(x, y) * jets.exp(log_scale[0]) for y in b] for x in a]
    losses = []
    for i in range(len(a)):
        to_texts, to_images = logsumexp(scores[i]), logsumexp([row[i] for row in scores])
        losses.append((to_texts - scores[i][i]) * 0.5 + (to_images - scores[i][i]) * 0.5)
    return [[total(losses) / float(len(a))]]


def kernel_regression(log_h, x, wanted, y, targets):
    h = jets.exp(log_h[0])
    loss = jets.lift(0.0)
    for point, want in zip(rows(x, 3), rows(wanted, 2), strict=True):
        weights = [jets.exp(total((a - b) * (a - b) for a, b in zip(point, other)) / (h * h) * -0.5) for other in rows(y, 3)]
        for column, value in enumerate(want):
            error = dot(weights, [row[column] for row in rows(targets, 2)]) / total(weights) - value
            loss = loss + error * error * 0.5
    return [[loss]]


def heads(values, count, width):
    return [rows(head, width) for head in rows(values, len(values) // count)]


def sigmoid(score):
    return jets.power(jets.exp(-score) + 1.0, -1.0)


def sigmoid_attention(q, k, v, bias):
    out = []
    for queries, keys, values in zip(heads(q, 2, 4), heads(k, 2, 4), heads(v, 2, 3)):
        for i, query in enumerate(queries):
            weights = [sigmoid(dot(query, key) / 2.0 + bias[0]) for key in keys[:i + 1]]
            out += [dot(weights, [row[c] for row in values[:i + 1]]) for c in range(3)]
    return [out]


def alibi(q, k, v, slopes):
    out = []
    for slope, queries, keys, values in zip(slopes, heads(q, 2, 3), heads(k, 2, 3), heads(v, 2, 2)):
        for i, query in enumerate(queries):
            live = i + len(keys) - len(queries) + 1
            scores = [dot(query, key) / math.sqrt(3) + slope * float(j - i) for j, key in enumerate(keys[:live])]
            normaliser = logsumexp(scores)
            weights = [jets.exp(score - normaliser) for score in scores]
            out += [dot(weights, [row[c] for row in values[:live]]) for c in range(2)]
    return [out]


def pair_energy(x, depth, size):
    energy, points = jets.lift(0.0), rows(x, 3)
    for i, a in enumerate(points):
        for b in points[i + 1:]:
            u = size[0] * size[0] / total((p - q) * (p - q) for p, q in zip(a, b))
            energy = energy + (u * u * u * u * u * u - u * u * u)
    return [[depth[0] * energy * 4.0]]
