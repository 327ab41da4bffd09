namespace NsiPortal.Exchange.Uploads;

/// <summary>The pixels of an image, as its header declares them: nothing is decoded to count them.</summary>
static class ImageSize
{
    /// <exception cref="RefusedFileException">There are none, or too many.</exception>
    public static void Check(long width, long height)
    {
        if (width <= 0 || height <= 0) throw new RefusedFileException("Cette image n’a pas de dimensions : elle est abîmée.");
        // Each by itself first: the product of two as large as can be is none.
        if (width > Upload.MaximumPixels || height > Upload.MaximumPixels || width * height > Upload.MaximumPixels)
            throw new RefusedFileException($"Cette image fait {width} × {height} pixels, et {Upload.MaximumPixels / 1_000_000} millions au plus sont acceptés : réduisez-la, puis envoyez-la de nouveau.", tooLarge: true);
    }

    /// <summary>Its structure breaks off, or contradicts itself.</summary>
    public static RefusedFileException Broken(string kind) => new($"Cette image {kind} est abîmée ou incomplète : enregistrez-la de nouveau, puis renvoyez-la.");
}
