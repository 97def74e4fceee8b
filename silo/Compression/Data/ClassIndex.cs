using Distributed.Sweeps;

namespace Distributed.Compression.Data;

/// <summary>The images of a set by class, each class shuffled, from which parts are taken that never overlap.</summary>
internal sealed class ClassIndex
{
    private readonly Queue<int>[] _classes;
    private readonly IReadOnlyList<string> _names;
    private readonly string _split;

    /// <exception cref="InvalidInputException">A class has no image.</exception>
    public ClassIndex(ImageSet images, string split, SeededRandom random)
    {
        (_names, _split) = (images.Classes, split);
        var members = images.Labels.Select((label, index) => (label, index)).ToLookup(pair => pair.label, pair => pair.index);
        _classes = [.. images.Classes.Select((name, label) => Shuffled(name, members[label], random))];
    }

    /// <summary>Images not yet taken.</summary>
    public int Left => _classes.Sum(members => members.Count);

    /// <summary>Takes the same number of every class; the first classes give one more where the count does not divide. Leaves every class an image.</summary>
    /// <returns>Indices, ascending.</returns>
    /// <exception cref="InvalidInputException">A class has too few.</exception>
    public int[] TakeEqual(int count)
    {
        int[] shares = [.. _classes.Select((_, label) => (count / _classes.Length) + (label < count % _classes.Length ? 1 : 0))];
        for (int label = 0; label < shares.Length; label++)
        {
            if (shares[label] >= _classes[label].Count)
            {
                throw new InvalidInputException(
                    "dataset.validation",
                    $"{count} images need {shares[label]} of class '{_names[label]}', which has {_classes[label].Count} under {_split} and must keep one to learn from",
                    $"Give at most {(_classes.Min(members => members.Count) - 1) * _classes.Length}.");
            }
        }

        return Take(shares);
    }

    /// <summary>Takes a number of images, as equally from all classes as they last.</summary>
    /// <returns>Indices, ascending.</returns>
    /// <exception cref="InvalidInputException">There are not so many.</exception>
    public int[] TakeEven(int count, string key)
    {
        if (count > Left) throw new InvalidInputException(key, $"{count} images are asked for and {Left} are left under {_split}", $"Give at most {Left}, or leave it out to use all.");
        int[] shares = new int[_classes.Length];
        for (int missing = count; missing > 0;)
        {
            int[] open = [.. Enumerable.Range(0, shares.Length).Where(label => shares[label] < _classes[label].Count)];
            int each = Math.Max(1, missing / open.Length);
            foreach (int label in open.Take(missing))
            {
                int more = Math.Min(each, _classes[label].Count - shares[label]);
                shares[label] += more;
                missing -= more;
            }
        }

        return Take(shares);
    }

    private int[] Take(int[] shares) =>
        [.. shares.SelectMany((share, label) => Enumerable.Range(0, share).Select(_ => _classes[label].Dequeue())).Order()];

    private Queue<int> Shuffled(string name, IEnumerable<int> members, SeededRandom random)
    {
        int[] indices = [.. members];
        if (indices.Length == 0)
            throw new InvalidInputException($"dataset, class '{name}'", $"there is no image of it under {_split}", "Give every class at least one image in each split.");
        random.Shuffle(indices);
        return new(indices);
    }
}
