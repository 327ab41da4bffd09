using System.Text;
using System.Text.Json;

namespace NsiPortal.Domain.Exercises;

/// <summary>What a pupil has entered: the values of each field of the form.</summary>
public sealed record Answer(IReadOnlyDictionary<string, IReadOnlyList<string>> Fields)
{
    /// <summary>Of its JSON, in UTF-8.</summary>
    public const int MaximumBytes = 64 * 1024;

    public static Answer Of(params IEnumerable<(string Field, string Value)> values) =>
        new(values.GroupBy(value => value.Field).ToDictionary(field => field.Key, field => (IReadOnlyList<string>)[.. field.Select(value => value.Value)]));

    public bool IsEmpty => Fields.Values.All(values => values.All(string.IsNullOrWhiteSpace));

    /// <summary>The field's only or first value; empty when there is none.</summary>
    public string Text(string field) => Fields.TryGetValue(field, out var values) && values.Count > 0 ? values[0] : "";

    public IReadOnlyList<string> Values(string field) => Fields.TryGetValue(field, out var values) ? values : [];

    public string ToJson() => JsonSerializer.Serialize(Fields);

    public static Answer FromJson(string json) => new(JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json) ?? []);

    public bool IsTooLarge => Encoding.UTF8.GetByteCount(ToJson()) > MaximumBytes;
}
