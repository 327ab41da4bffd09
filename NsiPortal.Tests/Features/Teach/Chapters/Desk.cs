using System.Net;
using AngleSharp.Html.Parser;
using NsiPortal.Support;

namespace NsiPortal.Features.Teach.Chapters;

/// <summary>The open editor of a chapter: it sends what its form holds.</summary>
sealed class Desk(Person author, string address)
{
    readonly Dictionary<string, string> fields = [];

    public string Address => address;

    public string this[string field]
    {
        get => fields[field];
        set => fields[field] = value;
    }

    public static async Task<Desk> OpenAsync(Person author, string address)
    {
        var desk = new Desk(author, address);
        desk.Read(await author.AskAsync(address));
        return desk;
    }

    /// <summary>As the form stands, with the header that its script sends.</summary>
    public async Task<Answer> AutosaveAsync()
    {
        var answer = await author.PostAsync($"{address}/brouillon", [.. fields.Select(field => (field.Key, field.Value))], "HX-Request: true");
        if (answer.Status != HttpStatusCode.OK) return answer;
        using var json = System.Text.Json.JsonDocument.Parse(answer.Text);
        (fields["Etat"], fields["Revision"]) = (json.RootElement.GetProperty("etat").GetString() ?? "", json.RootElement.GetProperty("revision").GetRawText());
        return answer;
    }

    /// <summary>By a button of the form.</summary>
    public async Task<Answer> SendAsync(string verb, params (string, string)[] more)
    {
        var answer = await author.PostAsync($"{address}/{verb}", [.. fields.Select(field => (field.Key, field.Value)), .. more]);
        Read(answer.Status == HttpStatusCode.Redirect ? await author.AskAsync(answer.Header("Location")!) : answer);
        return answer;
    }

    void Read(Answer page)
    {
        var form = new HtmlParser().ParseDocument(page.Text).QuerySelector("#p-editor") ?? throw new InvalidOperationException($"There is no editor: {page.Status} {page.Text}");
        foreach (var input in form.QuerySelectorAll("input[type=hidden][name=Page], input[type=hidden][name=Etat], input[type=hidden][name=Revision], input[name=Titre]"))
            fields[input.GetAttribute("name")!] = input.GetAttribute("value") ?? "";
        fields["Resume"] = form.QuerySelector("[name=Resume]")!.TextContent;
        fields["Texte"] = form.QuerySelector("[name=Texte]")!.TextContent;
    }
}
