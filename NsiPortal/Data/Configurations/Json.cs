using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace NsiPortal.Data.Configurations;

/// <summary>What is written and read whole, never searched: one column of JSON.</summary>
static class Json
{
    static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value is never changed, only replaced.</summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property) where T : class => property.HasConversion(
        value => Write(value),
        json => JsonSerializer.Deserialize<T>(json, Options)!,
        new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value.GetHashCode(), value => value));

    /// <summary>As it stands in the column.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);
}
