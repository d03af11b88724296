from django.urls import path

from providers.enquiries import views

urlpatterns = [
    path("cases/<str:reference>/enquiry/new/", views.Begin.as_view(), name="enquiry_begin"),
    path("enquiries/<str:number>/", views.Detail.as_view(), name="enquiry_detail"),
    path("enquiries/<str:number>/words/", views.Write.as_view(), name="enquiry_write"),
    path("enquiries/<str:number>/clear/", views.Clear.as_view(), name="enquiry_clear"),
    path("enquiries/<str:number>/unclear/", views.Unclear.as_view(), name="enquiry_unclear"),
    path("enquiries/<str:number>/leave-out/<int:service_id>/", views.LeaveOut.as_view(), name="enquiry_leave_out"),
    path("enquiries/<str:number>/put-back/<int:service_id>/", views.PutBack.as_view(), name="enquiry_put_back"),
    path("enquiries/<str:number>/release/", views.Release.as_view(), name="enquiry_release"),
    path("enquiries/<str:number>/send/", views.Send.as_view(), name="enquiry_send"),
    path("enquiries/<str:number>/close/", views.Close.as_view(), name="enquiry_close"),
    path("enquiries/<str:number>/withdraw/", views.Withdraw.as_view(), name="enquiry_withdraw"),
]
